// An image is opened over the page; what that needs is loaded with the first one. Without it the link opens the image.
// Listens to clicks on images.
import { isModified, listen } from './page.js'
import { onFirstUse } from './upgrade.js'

listen('click', async (event) => {
  const link = event.target.closest('.images a')
  if (!link || isModified(event)) return
  event.preventDefault()
  const gallery = await onFirstUse(() => import('./gallery.js'))
  if (gallery) gallery.show(link)
  else window.open(link.href, '_blank', 'noopener')
})
