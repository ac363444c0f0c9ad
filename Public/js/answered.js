// What one answers may be edited or deleted before the answer is sent. What is shown and kept of it follows: above the field,
// in the drafts of every conversation and tab, and in messages on their way. What was deleted is still answered, and says so.
// Listens to what the event stream brings, to the composer coming into the page, and to a page that was fetched anew.
import { byID, connect, find, findAll, listen } from './page.js'
import { openComposer } from './composer.js'
import { fetchPage } from './document.js'
import { startRecording } from './recorder.js'
import { lineOf } from './replying.js'
import { shared } from './store.js'
import { parse } from './swap.js'
import { words } from './words.js'

/** How a fragment says what quotes show from now on: those of one message, or of all that somebody wrote. */
const QUOTES = /^innerHTML:\[data-(quote-of|said-by)='(\d+)'\]$/

const bare = (text) => text.replace(/\s+/g, '')

/** A reply whose message says something else now. A part that was chosen stays as long as it stands there. */
function renewed(reply, line, text) {
  const isStill = line === reply.line || (reply.quote && bare(text).includes(bare(reply.quote)))
  return isStill ? reply : { ...reply, line, quote: '' }
}

/** What is kept in the browser's storage with a text that is not sent yet. */
function renewKept(isMeant, line, text) {
  for (const key of ['draft/', 'outbox/'].flatMap((start) => shared.keys(start))) {
    const kept = JSON.parse(shared.read(key))
    if (!kept.reply || !isMeant(kept.reply)) continue
    const reply = renewed(kept.reply, line, text)
    if (reply === kept.reply) continue
    shared.write(key, JSON.stringify({ ...kept, reply }))
    const quote = kept.id && find(`.message[data-client-id="${CSS.escape(kept.id)}"] .quote .said`)
    if (quote) quote.textContent = reply.line
  }
}

/**
 * Takes what a message says now for what it said.
 * @param isMeant whether a reply is to that message
 * @param text all of it, where the line is only its start
 */
function renew(isMeant, line, text = line) {
  renewKept(isMeant, line, text)
  const composer = openComposer()
  if (!composer?.reply || !isMeant(composer.reply)) return
  const reply = renewed(composer.reply, line, text)
  if (reply !== composer.reply) composer.answer(reply)
}

function take(html) {
  for (const wrapper of findAll('[hx-swap-oob^=innerHTML]', parse(html))) {
    const [, kind, id] = QUOTES.exec(wrapper.getAttribute('hx-swap-oob')) ?? []
    if (kind) renew((reply) => id === (kind === 'quote-of' ? reply.id : reply.author), wrapper.textContent)
  }
}

let heard = startRecording()

listen('swapped', () => {
  const fragments = heard()
  heard = startRecording()
  fragments.filter((html) => html.includes(':[data-')).forEach(take)
})

/** What the server shows of a message that is not in the page; of one that is deleted it shows nothing. */
async function lineAtServer({ id }) {
  const { page } = await fetchPage(`${location.pathname}?reply=${id}`)
  return find('#strip .said > span', page)?.textContent ?? words('Message deleted')
}

/** All that a message says, without the buttons that stand in it. */
function textOf(message) {
  const text = find('.text', message).cloneNode(true)
  findAll('button', text).forEach((button) => button.remove())
  return text.textContent
}

/** What was kept may be old. */
async function check() {
  const reply = openComposer()?.reply
  if (!reply) return
  const isMeant = ({ id }) => id === reply.id
  const message = byID(`message-${reply.id}`)
  if (message) return renew(isMeant, lineOf(message), textOf(message))
  try {
    renew(isMeant, await lineAtServer(reply))
  } catch {
    // It stays what it was, as long as the server cannot be asked.
  }
}

connect('#composer', check)
listen('resynced', check)
