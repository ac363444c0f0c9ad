// Where a message stands among messages, and a row in the list of conversations. Pure: it touches no page.

/** A message that the server has not taken yet has no number, and stands behind all that have one. */
const number = ({ messageId, line }) => Number(messageId ?? line ?? Infinity)

/** Below zero where message `a` stands above `b`. Both are the `dataset` of their elements. */
export const compareMessages = (a, b) => number(a) - number(b) || 0

/**
 * Below zero where row `a` stands above `b`: newest message first, then the younger conversation, then
 * by name. Both are the `dataset` of their
 * elements; a row without one is the button for more, and stands last.
 */
export function compareRows(a, b) {
  if (a.newest === undefined || b.newest === undefined) return Number(a.newest === undefined) - Number(b.newest === undefined)
  if (a.newest !== b.newest) return b.newest - a.newest
  if (a.number && b.number) return b.number - a.number
  return a.name < b.name ? -1 : Number(a.name > b.name)
}

/**
 * Which of the `others`, which are in order, a new one comes before. Looks from the end that it most likely belongs to.
 * @returns the index, or the length where it comes last.
 */
export function placeAmong(others, one, compare, startsAtEnd) {
  if (startsAtEnd) {
    let at = others.length
    while (at > 0 && compare(others[at - 1], one) > 0) at -= 1
    return at
  }
  let at = 0
  while (at < others.length && compare(others[at], one) <= 0) at += 1
  return at
}
