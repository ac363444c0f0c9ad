// Where one was in each conversation: the first message in view and how far below the edge it stood. Kept for the tab.
// And where one is to be in one that has something new.
// Listens to the page being left.
import { byID, listen } from './page.js'
import { own } from './store.js'
import { firstInView, isAtEnd, list, offsetOf, scroller, scrollTo } from './view.js'

/** The id of the row of the conversation that is open: one of two people has the other's, a group its own. */
export function openRowID() {
  const { with: person, conversation } = byID('main')?.dataset ?? {}
  return `row-${person ? `u${person}` : conversation}`
}

const keyOf = (rowID) => `place/${rowID}`

/**
 * Remembers the place in the conversation that is open; at its end there is nothing to remember.
 * @param forBack whether the browser's own Back is to lead to it, wherever else in the conversation one goes
 */
export function rememberPlace(forBack) {
  if (!list()) return
  const message = isAtEnd() ? undefined : firstInView()
  const id = message?.dataset.messageId
  const place = id ? { id, offset: Math.round(offsetOf(message)) } : null
  own.write(keyOf(openRowID()), place && JSON.stringify(place))
  if (forBack) history.replaceState({ ...history.state, place }, '')
}

/** @returns the place in the conversation of a row, as `{ id, offset }`, or nothing. */
export function placeIn(rowID) {
  const place = own.read(keyOf(rowID))
  return place ? JSON.parse(place) : undefined
}

/** Scrolls to a place, where its message is in the page. */
export function goTo({ id, offset }) {
  const message = byID(`message-${id}`)
  if (message) scrollTo(message, offset)
  return message !== null
}

/** The part of the view that is left for what was before the new. */
const CONTEXT = 0.25

/** From the end to the first of what is new, under its divider, where that is not in view. */
export function goToNew() {
  const divider = byID('new-line')
  if (divider && offsetOf(divider) < 0) scrollTo(divider, CONTEXT * scroller().clientHeight)
}

listen('pagehide', () => rememberPlace(), { target: window })
