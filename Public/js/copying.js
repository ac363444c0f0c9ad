// The button at an address copies it.
// Listens to clicks.
import { copyTextOf } from './clipboard.js'
import { find, listen } from './page.js'

listen('click', async ({ target: button }) => {
  if (!button.matches('[data-copied]')) return
  if (await copyTextOf(find('.address', button.parentNode))) button.textContent = button.dataset.copied
})
