// Puts what the event stream brings into the page, in the order in which it came.
// Listens to `repeat`: what came while a page was fetched is put in once more, since the page may not know it.
import { byID, find, findAll, listen, released, viewer } from './page.js'
import { announce } from './announcer.js'
import { record } from './recorder.js'
import { isListed, refreshRows, say, setMentioned, setUnread, unreadOf } from './sidebar.js'
import { insertAside, parse } from './swap.js'
import { isReading, keeping } from './view.js'
import { words } from './words.js'

/** Changes gather for so many milliseconds, since each costs a layout, and take at most so many at once. */
const GATHERING = 20
const SLICE = 40

/** A row remembers so many messages that the server may not have counted yet. */
const MOST_SINCE = 500

const queue = []
let timer = 0

/** How much waits to be put in. */
export const backlog = () => queue.length

/** Drops what waits: the page is fetched anew. */
export function drop() {
  queue.length = 0
}

/** Puts a pushed fragment into the page, soon. */
export function push(html) {
  record(html)
  queue.push(html)
  timer ||= setTimeout(putSlice, GATHERING)
}

async function putSlice() {
  await released()
  const start = performance.now()
  const isRead = isReading()
  timer = 0
  keeping(() => {
    while (queue.length && performance.now() - start < SLICE) put(parse(queue.shift()), true, isRead)
  })
  if (queue.length) timer = setTimeout(putSlice)
}

/** Puts the answer to something that was done here into the page, at once. */
export function apply(html) {
  const isRead = isReading()
  keeping(() => put(parse(html), false, isRead))
}

listen('repeat', ({ detail }) => {
  if (!detail.length) return
  const isRead = isReading()
  keeping(() => detail.forEach((html) => put(parse(html), false, isRead)))
})

/** New messages have a wrapper that says where; one that is only to be replaced has none. */
const isNew = (message) => {
  const [how, selector] = message.parentNode.getAttribute?.('hx-swap-oob')?.split(/:(.*)/) ?? []
  return how !== 'true' && !byID(message.id) && selector && find(selector)
}

function put(content, isPushed, isRead) {
  const messages = findAll('.message', content)
  const others = messages.filter((message) => message.dataset.author !== viewer)
  const isMeant = others.some((message) => find(`[data-mention="${viewer}"], [data-mention=all]`, message))
  for (const row of findAll('.row', content)) {
    // One that was made for this person is only to be replaced.
    if (row.closest('[hx-swap-oob="true"]')) keepOpen(row, find(`#${row.id} [aria-current]`))
    else fit(row, others.length, isRead)
    if (isMeant && unreadOf(row)) setMentioned(row)
  }
  findAll('[data-counted]', content).forEach(takeCount)
  if (isPushed) announce(others.filter(isNew))
  messages.filter(isNew).forEach(dropTwin)
  insertAside(content)
}

const keepOpen = (row, isOpen) => isOpen && find('a', row).setAttribute('aria-current', 'page')

/** What a row for everyone does not know: how much this person has not read, and who is online. */
function fit(row, count, isRead) {
  const there = byID(row.id)
  if (there) return fitOver(there, row, count, isRead)
  const { newest, name } = row.dataset
  const more = byID('more-rows')
  // A person without a message who stands behind the last row comes with the next page.
  const isBeyond = more && newest === '0' && name > (more.previousElementSibling?.dataset.name ?? '')
  // Whether somebody new is one of those who were looked for the server knows.
  if (isListed(newest === '0' ? 'filtered' : 'part')) refreshRows()
  if (isBeyond || !byID('rows') || isListed('filtered')) return row.remove()
  setUnread(row, count)
  // On a page that is not here it may have had a count already.
  if (count && more) refreshRows()
}

function fitOver(there, row, count, isRead) {
  const newer = row.dataset.newest - there.dataset.newest
  if (newer < 0) return row.remove()
  const isOpen = find('[aria-current]', there) !== null
  keepOpen(row, isOpen)
  for (const part of ['.presence', '.mute', '.mentioned']) find(part, row)?.replaceWith(find(part, there).cloneNode(true))
  const known = row.known = knownOf(there)
  const isUnread = newer > 0 && row.dataset.newest - known.through > 0 && !(isOpen && isRead)
  if (isUnread && count) known.since = [...known.since, row.dataset.newest].slice(-MOST_SINCE)
  setUnread(row, unreadOf(there) + (isUnread ? count : 0))
}

/** Through which message the server has counted what a row says is unread, and the newest ones that came since. */
const knownOf = (row) => (row.known ??= { through: row.dataset.newest, since: [] })

/**
 * The server has counted what is unread. Messages that it knew of may still be on their way, and others may have come since
 * it looked: those are not counted twice, and these are not forgotten.
 */
function takeCount(part) {
  const { row, counted } = part.dataset
  const known = byID(row) && knownOf(byID(row))
  if (!known) return
  if (counted - known.through < 0) return part.remove()
  known.through = counted
  known.since = known.since.filter((id) => id - counted > 0)
  const [unread, mentioned] = part.children
  if (!known.since.length) return
  say(unread, (parseInt(unread.textContent) || 0) + known.since.length, words('unread'))
  if (!mentioned.firstChild) mentioned.remove()
}

/** Without marks, which the server takes out of a text where they take effect. */
const gist = (message) => find('.text', message).textContent.replace(/^\d+\. |[\s*_~\x60>-]/gm, '') + findAll('.images > *', message).length

/** One's own message takes the place of the one that is still being sent: the stream may be quicker than the answer. */
function dropTwin(message) {
  if (message.dataset.author !== viewer) return
  findAll('.sending, .failed').find((each) => gist(each) === gist(message))?.remove()
}
