// The messages in the page are a stretch of the conversation. Older and newer ones are fetched as one scrolls to them,
// and those that are far from what is in view leave the page again, so that it stays as quick as it was at first.
// Listens to every change of the page, and to clicks on the button that leads to the newest.
import { byID, find, findAll, listen, tell } from './page.js'
import { fetchPage } from './document.js'
import { failure } from './notices.js'
import { startRecording } from './recorder.js'
import { isLive, keeping, list, toEnd } from './view.js'
import { words } from './words.js'

/** The most messages in the page, and how many of them stay where there were more. */
const MOST = 200
const KEPT = 150

const idOf = (message) => message.dataset.messageId

/** The link that fetches what is beyond one end of the stretch, or is hidden where there is nothing. */
function setEdge(id, question) {
  const edge = byID(id)
  const link = find('a', edge)
  const address = `${location.pathname}?${question}`
  link.href = address
  link.setAttribute('hx-get', address)
  edge.hidden = false
}

/** Whether there is something beyond the newest message in the page. */
function settleEnd() {
  const reachesEnd = byID('newer').hidden
  list().id = reachesEnd ? `messages-${byID('main').dataset.conversation}` : 'history'
  byID('to-newest').hidden = reachesEnd
}

function remove(set) {
  const range = document.createRange()
  range.selectNodeContents(list())
  set(range)
  range.deleteContents()
}

/** @param seen the message that is looked at; nothing where it is the end. */
function trim(seen) {
  const messages = findAll('[data-message-id]', list())
  if (messages.length <= MOST) return
  const at = seen ? messages.indexOf(seen) : messages.length
  if (at > messages.length / 2) {
    const first = messages.at(-KEPT)
    remove((range) => {
      range.setStartAfter(byID('older'))
      range.setEndBefore(first)
    })
    setEdge('older', `before=${idOf(first)}`)
  } else {
    const last = messages[KEPT - 1]
    remove((range) => range.setStartAfter(last))
    setEdge('newer', `after=${idOf(last)}`)
  }
}

listen('swapped', ({ detail: seen }) => {
  if (!list() || !byID('older')) return
  const wasLive = isLive()
  trim(seen)
  settleEnd()
  if (isLive() && !wasLive) tell('reached-end')
})

/** Whether a page is one of the conversation that is open. */
export const isOfThis = (page) => find('#main', page)?.dataset.conversation === byID('main')?.dataset.conversation

/**
 * Takes the messages of another page of this conversation for those that are here.
 * @param heard gives what the stream brought while the page was on its way
 */
export function takeList(page, heard = () => []) {
  const fresh = find('.messages', page)
  if (!fresh || !list() || !isOfThis(page)) return
  keeping(() => {
    list().replaceChildren(...fresh.childNodes)
    byID('newer').replaceWith(find('#newer', page))
    tell('inserted', list())
  })
  tell('relisted')
  tell('repeat', heard())
}

/** Fetches a page of this conversation, and takes its messages. */
export async function fetchList(address) {
  const heard = startRecording()
  try {
    const { page } = await fetchPage(address)
    takeList(page, heard)
  } finally {
    heard()
  }
}

/** Shows the newest messages, which are fetched where they are not in the page. */
export async function showNewest() {
  const messages = list()
  if (messages && !isLive()) {
    try {
      await fetchList(location.pathname)
    } catch (error) {
      if (error.name !== 'AbortError') failure(words('That did not work. Try again.'))
    }
  }
  if (messages === list()) toEnd()
}
