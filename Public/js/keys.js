// Keys that lead through the page, beside those of the browser. Of all rows only one is a stop for Tab, and of the small
// tabs above them: the arrows lead to the others.
// Listens to every key, to the focus coming into a row, and to changes of the page.
import { byID, find, findAll, isModified, listen } from './page.js'

/** The id of the row where one was last. */
let place

const links = () => findAll('.row a')
const kinds = () => findAll('.kinds a')
const current = (all) => all.find((link) => link.matches('[aria-current]')) ?? all[0]

const setStop = (all, stop) => all.forEach((link) => { link.tabIndex = link === stop ? 0 : -1 })

function setStops() {
  const rows = links()
  setStop(rows, rows.find((link) => link.closest('.row').id === place) ?? current(rows))
  setStop(kinds(), current(kinds()))
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

/** Left and right as they are read. */
function moveAmongKinds({ key, target }) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key]
  if (!step || !target.matches('.kinds a')) return false
  const all = kinds()
  all[all.indexOf(target) + (target.matches(':dir(rtl)') ? -step : step)]?.focus()
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
  if (moveInList(event) || moveAmongKinds(event) || escape(event)) event.preventDefault()
})

listen('focusin', ({ target }) => {
  const row = target.closest('.row')
  if (!row) return
  place = row.id
  setStops()
})

listen('swapped', setStops)
setStops()
