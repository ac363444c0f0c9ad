// Keys that lead through the page, beside those of the browser.
// Listens to every key: arrows in the list of conversations, and Escape.
import { find, findAll, isModified, listen } from './page.js'

const STEPS = { ArrowDown: 1, ArrowUp: -1 }

listen('keydown', (event) => {
  const { key, target } = event
  if (event.isComposing || isModified(event)) return
  const link = target.closest('.row a')
  if (link && STEPS[key]) {
    event.preventDefault()
    const links = findAll('.row a')
    links[links.indexOf(link) + STEPS[key]]?.focus()
  }
  // The browser empties a search field.
  const isTaken = find('dialog[open]') || (target.type === 'search' && target.value)
  if (key === 'Escape' && !isTaken) find('.heading .close')?.click()
})
