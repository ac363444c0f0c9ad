// The button at an address copies it, also where a page has no clipboard: over plain HTTP.
// Listens to clicks.
import { find, listen } from './page.js'

listen('click', ({ target: button }) => {
  if (!button.matches('[data-copied]')) return
  getSelection().selectAllChildren(find('.address', button.parentNode))
  if (document.execCommand('copy')) button.textContent = button.dataset.copied
})
