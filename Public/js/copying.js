// The button at an address copies it. Until this listens, nobody sees the button: a press would go nowhere.
// Listens to clicks.
import { copyTextOf } from './clipboard.js'
import { find, listen } from './page.js'

document.documentElement.dataset.copies = ''

listen('click', async ({ target: button }) => {
  if (!button.matches('[data-copied]')) return
  if (await copyTextOf(find('.address', button.parentNode))) button.textContent = button.dataset.copied
})
