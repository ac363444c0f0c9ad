// The part of a conversation that one looks at stays where it is while the page around it changes, and so does the
// focus. The list is laid out from its end (`column-reverse`), so that scrollTop is 0 there and negative above.
import { byID, connect, find, findAll, isVisible, tell } from './page.js'

/** So near to the end, in pixels, one reads along. */
const NEAR = 40

export const scroller = () => find('.scroller')
export const list = () => find('.messages')

/** Whether the list holds the newest messages: only then new ones are put into it. */
export const isLive = () => list() !== null && list().id !== 'history'

const isNearEnd = () => scroller().scrollTop > -NEAR
export const isAtEnd = () => isLive() && isNearEnd() && scroller().clientHeight > 0

/** Whether somebody sees the newest messages. */
export const isReading = () => isVisible() && isAtEnd()

export function toEnd() {
  if (scroller()) scroller().scrollTop = 0
}

const topOf = (element) => element.getBoundingClientRect().top

/**
 * The first message whose box is so far down. They stand one below the other, so half of them are ruled out at a time.
 * @param isBeyond true of its box, and of all below it
 */
export function firstMessage(isBeyond) {
  const messages = findAll('.message', list())
  let [low, high] = [0, messages.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBeyond(messages[middle].getBoundingClientRect())) high = middle
    else low = middle + 1
  }
  return messages[low]
}

/** The first message of which something is in view. */
export function firstInView() {
  const edge = topOf(scroller())
  return firstMessage(({ bottom }) => bottom > edge)
}

/** How far below the upper edge of the view a message starts, in pixels. */
export const offsetOf = (message) => topOf(message) - topOf(scroller())

/** Scrolls so that the message starts that far below the edge. */
export function scrollTo(message, offset) {
  scroller().scrollTop += offsetOf(message) - offset
}

/** Changes the page by `change`, and has what is looked at and what is focused stay. */
export function keeping(change) {
  const before = scroller()
  const reads = before && isLive() && isNearEnd()
  const anchor = before && !reads ? firstInView() : undefined
  const offset = anchor && offsetOf(anchor)
  const focus = document.activeElement
  const holder = focus?.closest('[id]')?.id

  change()
  const again = anchor && (anchor.isConnected ? anchor : byID(anchor.id))
  tell('swapped', again)

  if (before?.isConnected) {
    if (again) scrollTo(again, offset)
    else if (reads) toEnd()
  }
  if (holder && !focus.isConnected) refocus(focus, holder)
}

/** What took the place of an element that is gone gets the focus. */
function refocus(gone, holder) {
  const there = byID(holder)
  const name = gone.name && `[name="${CSS.escape(gone.name)}"]`
  // Of several buttons of one name it is that of the same value.
  const same = name && there && (find(`${name}[value="${CSS.escape(gone.value)}"]`, there) ?? find(name, there))
  const again = gone.id ? there : same || (there && (find(gone.localName, there) ?? there.closest('.message')))
  const closed = again?.closest('details:not([open])')
  ;(closed?.firstElementChild ?? again)?.focus({ preventScroll: true })
}

// Not every browser anchors, so none does.
connect('.scroller', (element) => { element.style.overflowAnchor = 'none' })
