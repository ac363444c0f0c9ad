// Keys that lead through the page, beside those of the browser. Of all rows only one is a stop for Tab: the arrows lead
// to the others.
// Listens to every key, to the focus coming into a row, and to changes of the page.
import { byID, find, findAll, isModified, listen } from './page.js'
import { showNewest } from './history.js'
import { scroller } from './view.js'

/** The part of a page that stays in view when one scrolls by a page. */
const OVERLAP = 0.1

/** The id of the row where one was last. */
let place

const links = () => findAll('.row a')

function setStop() {
  const all = links()
  const stop = all.find((link) => link.closest('.row').id === place)
    ?? all.find((link) => link.matches('[aria-current]')) ?? all[0]
  for (const link of all) {
    const index = link === stop ? 0 : -1
    if (link.tabIndex !== index) link.tabIndex = index
  }
}

const STEPS = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (at, count) => count - 1,
}

/** From the search field Down leads into the list. */
function moveInList({ key, target }) {
  const isHere = target.id === 'find' ? key === 'ArrowDown' : target.matches('.row a')
  if (!isHere || !STEPS[key]) return false
  const all = links()
  all[STEPS[key](all.indexOf(target), all.length)]?.focus()
  return true
}

const pageBy = (pages) => scroller().scrollBy({ top: pages * (1 - OVERLAP) * scroller().clientHeight })

/** By `key`; the first two need their place in a text that one writes. */
const SCROLLS = {
  Home: () => scroller().scrollTo({ top: -scroller().scrollHeight }),
  End: showNewest,
  PageUp: () => pageBy(-1),
  PageDown: () => pageBy(1),
}

function scrollMessages({ key, target }) {
  const isFree = target.id === 'text' && (key.startsWith('Page') || !target.value)
  if (!isFree || !SCROLLS[key]) return false
  SCROLLS[key]()
  return true
}

/** Escape closes the conversation, but not over something half-written: then it leads back to that. */
function escape({ key, target }) {
  // The browser closes a dialog, and empties a search field.
  if (key !== 'Escape' || find('dialog[open]') || (target.type === 'search' && target.value)) return false
  const field = byID('text')
  if (field?.value || find('.attached > li')) field.focus()
  else find('.heading .close')?.click()
  return true
}

listen('keydown', (event) => {
  if (event.isComposing || event.defaultPrevented || isModified(event)) return
  if (moveInList(event) || scrollMessages(event) || escape(event)) event.preventDefault()
})

listen('focusin', ({ target }) => {
  const row = target.closest('.row')
  if (!row) return
  place = row.id
  setStop()
})

listen('swapped', setStop)
setStop()
