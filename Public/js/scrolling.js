// Keys of the composer that scroll the messages.
// Listens to every key.
import { isModified, listen } from './page.js'
import { showNewest } from './history.js'
import { scroller } from './view.js'

/** The part of a page that stays in view when one scrolls by a page. */
const OVERLAP = 0.1

const pageBy = (pages) => scroller().scrollBy({ top: pages * (1 - OVERLAP) * scroller().clientHeight })

/** By `key`; the first two need their place in a text that one writes. */
const SCROLLS = {
  Home: () => scroller().scrollTo({ top: -scroller().scrollHeight }),
  End: showNewest,
  PageUp: () => pageBy(-1),
  PageDown: () => pageBy(1),
}

listen('keydown', (event) => {
  const { key, target } = event
  if (target.id !== 'text' || event.isComposing || event.defaultPrevented || isModified(event)) return
  const isFree = key.startsWith('Page') || !target.value
  if (!isFree || !SCROLLS[key]) return
  event.preventDefault()
  SCROLLS[key]()
})
