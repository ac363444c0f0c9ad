// Tells the server how far one has read, and offers the way to what came while one read elsewhere in the talk.
// Listens to changes of the page, to scrolling, and to the page being shown again.
import { byID, connect, find, isVisible, listen, viewer } from './page.js'
import { showNewest } from './history.js'
import { isAtEnd, isLive, list, scroller } from './view.js'
import { words } from './words.js'

/** Whether somebody sees the newest messages. */
export const isReading = () => list() !== null && isVisible() && isAtEnd()

/** The newest message of somebody else, looked for from the end. */
function newest(messages) {
  let message = messages.lastElementChild
  while (message && !(message.dataset.messageId && message.dataset.author !== viewer)) message = message.previousElementSibling
  return Number(message?.dataset.messageId ?? 0)
}

/** The marks of the list that is open. */
let known = 0
let through = 0

async function markRead() {
  const messages = list()
  if (!messages || !isReading()) return
  const message = newest(messages)
  if (message <= through) return
  const before = through
  through = message
  try {
    const response = await fetch(byID('main').dataset.read, {
      method: 'POST', headers: { 'HX-Request': 'true' }, body: new URLSearchParams({ message }),
    })
    if (!response.ok) throw new Error(String(response.status))
  } catch {
    if (list() === messages) through = before
  }
}

function offerNewest(hasNew) {
  const jump = byID('jump')
  find('span', jump).textContent = hasNew ? words('New messages') : words('Newest messages')
  jump.hidden = false
}

function update() {
  const messages = list()
  if (!messages) return
  const empty = byID('no-messages')
  if (empty) empty.hidden = find('.message', messages) !== null
  const latest = newest(messages)
  if (isLive() && latest > known && !isAtEnd()) offerNewest(true)
  else if (!isLive() && byID('jump').hidden) offerNewest(false)
  if (isLive()) known = latest
  markRead()
}

connect('.messages', (messages, signal) => {
  known = newest(messages)
  through = isLive() ? Number(messages.dataset.readThrough ?? 0) : 0
  listen('click', showNewest, { target: byID('jump'), signal })
  listen('click', (event) => {
    event.preventDefault()
    showNewest()
  }, { target: byID('to-newest'), signal })
  listen('scroll', () => {
    if (!isAtEnd()) return
    byID('jump').hidden = true
    markRead()
  }, { target: scroller(), signal })
  update()
})

listen('swapped', update)
listen('visibilitychange connected', markRead)
