// Sends what is in the outbox, one message of a conversation after the other, and shows how each of them fares.
// Listens to the line coming back, and to other tabs having sent or discarded something.
import { byID, clone, connect, find, findAll, listen, toLogin, viewer } from './page.js'
import { announceNow } from './announcer.js'
import { deliver, pictures } from './delivery.js'
import { apply } from './live.js'
import { Outbox } from './outbox.js'
import { shared } from './store.js'
import { parse } from './swap.js'
import { isLive, keeping, list } from './view.js'
import { words } from './words.js'

/** What was sent before this page was there may have reached the server with its predecessor. */
const start = Date.now()

/** The most of an answer that is shown of what went wrong. */
const MOST_SAID = 200

export const outbox = new Outbox(shared)

const open = () => byID('main')?.dataset.conversation
const elementOf = (id) => find(`.message[data-client-id="${CSS.escape(id)}"]`)

function remove(id) {
  if (elementOf(id)) keeping(() => elementOf(id)?.remove())
}

/** Takes a message back: it is neither sent nor shown any more. */
export function discard(entry) {
  outbox.discard(entry)
  remove(entry.id)
  if (entry.images) pictures().then((module) => module?.forget(entry.id))
}

function create({ id, text, at, images, reply }) {
  const message = clone('sending-message')
  Object.assign(message.dataset, { author: viewer, clientId: id })
  find('.author', message).textContent = document.body.dataset.viewerName
  find('.text', message).textContent = text
  if (reply) showReply(reply, find('.quote', message))
  find('.at', message).dateTime = new Date(at).toISOString()
  if (images) showImages(id, message)
  list().append(message)
  return message
}

function showReply({ name, colour, line }, quote) {
  quote.classList.add(colour)
  quote.firstChild.textContent = name
  quote.lastChild.textContent = line
}

async function showImages(id, message) {
  const previews = await (await pictures())?.previews(id) ?? []
  keeping(() => find('.images', message).replaceChildren(...previews))
}

/**
 * Shows a message that is on its way, or with a sentence why it is not.
 * @param isUncertain whether the server may have it, since only its answer is missing
 */
export function show(entry, failure, isUncertain = false) {
  if (entry.conversation !== open() || !byID('composer') || !isLive()) return
  keeping(() => {
    const message = elementOf(entry.id) ?? create(entry)
    const state = stateOf(failure, isUncertain)
    message.className = failure === undefined ? 'message sending' : 'message failed'
    find('.state', message).textContent = state
    if (failure !== undefined) announceNow(state)
  })
}

function stateOf(failure, isUncertain) {
  if (failure === undefined) return words('Sending…')
  if (isUncertain) return words('No answer yet. Nextalk tries again when it can reach the server.')
  return words('Not sent. {reason}', { reason: failure })
}

const showProgress = (id) => (part) => {
  const bar = elementOf(id) && find('progress', elementOf(id))
  if (bar) bar.value = part
}

/** The sentence in an answer: at a form's field, in a page, or all there is. */
function reasonIn(html) {
  const answer = parse(html)
  const sentence = (find('.error, main p', answer) ?? answer).textContent.trim().slice(0, MOST_SAID)
  return sentence || words('The server did not answer.')
}

const busy = new Set()

/**
 * Sends all that waits.
 * @param giveBack asked with what the server would not take: whether it stands in the composer again
 */
export function sendAll(giveBack = () => false) {
  for (const conversation of new Set(outbox.entries().map((entry) => entry.conversation))) sendThose(conversation, giveBack)
}

async function sendThose(conversation, giveBack) {
  if (busy.has(conversation)) return
  busy.add(conversation)
  try {
    for (let entry = outbox.next(conversation); entry; entry = outbox.next(conversation)) {
      show(entry)
      const answer = await deliver(entry, () => outbox.has(entry), showProgress(entry.id))
      if (answer.status === 401) return toLogin()
      if (!await settle(entry, answer, giveBack)) return
    }
  } finally {
    // Whatever went wrong, the next message is tried.
    busy.delete(conversation)
  }
}

/** @returns whether the next one is to be sent. */
async function settle(entry, { result, html, status }, giveBack) {
  if (result === 'failed') {
    const waiting = outbox.entries(entry.conversation).filter(({ isRefused }) => !isRefused)
    waiting.forEach((each) => show(each, reasonIn(html), !status && each.images > 0 && each.at < start))
    return false
  }
  if (result === 'refused' && !await giveBack(entry, html)) {
    outbox.refuse(entry, reasonIn(html))
    show(entry, reasonIn(html))
    return true
  }
  keeping(() => {
    discard(entry)
    if (result === 'taken') apply(html)
  })
  return true
}

/** Shows all of the conversation that is open. */
function showAll() {
  if (!list()) return
  const entries = outbox.entries(open())
  for (const message of findAll('.message[data-client-id]', list())) {
    if (!entries.some(({ id }) => id === message.dataset.clientId)) message.remove()
  }
  entries.forEach((entry) => show(entry, entry.isRefused ? entry.reason : undefined))
}

connect('#composer', showAll)
listen('relisted reached-end', showAll)

// Done with in another tab.
listen('storage', (event) => {
  const id = Outbox.idOf(shared.keyOf(event))
  if (id && !event.newValue) remove(id)
}, { target: window })
