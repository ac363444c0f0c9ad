// What is loaded only where it is needed: what belongs to an open conversation, what was begun to be written, a choice of
// people, an address to copy, what a keyboard on the screen wants, and the gallery, with the first image that is opened;
// without it the link opens the image.
// Listens to clicks on images, and to drafts of other tabs.
import { connect, isModified, listen } from './page.js'
import { shared } from './store.js'
import { onFirstUse } from './upgrade.js'

const load = (selector, module) => connect(selector, () => onFirstUse(module))

load('.messages', () => import('./conversation.js'))
load('#people', () => import('./choosing.js'))
load('[data-copied]', () => import('./copying.js'))
if (matchMedia('(pointer: coarse)').matches) onFirstUse(() => import('./height.js'))

const showDrafts = () => shared.keys('draft/')[0] && onFirstUse(() => import('./draft-previews.js'))
listen('storage', showDrafts, { target: window })
showDrafts()

listen('click', async (event) => {
  const link = event.target.closest('.images a')
  if (!link || isModified(event)) return
  event.preventDefault()
  const gallery = await onFirstUse(() => import('./gallery.js'))
  if (gallery) gallery.show(link)
  else window.open(link.href, '_blank', 'noopener')
})
