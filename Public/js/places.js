// Where one was in each conversation: the first message in view and how far below the edge it stood. Kept for the tab.
// Listens to the page being left.
import { byID, listen } from './page.js'
import { own } from './store.js'
import { firstInView, isAtEnd, list, offsetOf, scrollTo } from './view.js'

/** The id of the row of the conversation that is open: one of two people has the other's, a group its own. */
export function openRowID() {
  const { with: person, conversation } = byID('main')?.dataset ?? {}
  return `row-${person ? `u${person}` : conversation}`
}

const keyOf = (rowID) => `place/${rowID}`

/** Remembers the place in the conversation that is open; at its end there is nothing to remember. */
export function rememberPlace() {
  if (!list()) return
  const message = isAtEnd() ? undefined : firstInView()
  const id = message?.dataset.messageId
  own.write(keyOf(openRowID()), id ? JSON.stringify({ id, offset: Math.round(offsetOf(message)) }) : '')
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

listen('pagehide', rememberPlace, { target: window })
