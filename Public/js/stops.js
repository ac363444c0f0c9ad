// Of all messages one is a stop for Tab: the newest, or the one where one was last. Once one is at it, its quote, its time and
// its reactions are the next stops; what stands in texts, such as links, stays one.
// A message that has the focus is heard as it is read out when it comes.
// Listens to the focus coming to a message, and to changes of the page.
import { byID, find, findAll, listen } from './page.js'
import { sentenceOf } from './announcer.js'
import { list, scroller } from './view.js'

/** The id of the message where one was last, and whether what it has is a stop. */
let place
let isOpen = false

const PARTS = '.to-details, .quote, .reaction'

function set(element, tabIndex) {
  // What stays as it is costs nothing.
  if (element.getAttribute('tabindex') !== String(tabIndex)) element.tabIndex = tabIndex
}

const label = (message) => { message.ariaLabel = `${sentenceOf(message)}, ${find('.at', message).textContent.trim()}` }

function setStops() {
  if (!list()) return
  const messages = findAll('.message', list())
  const there = place && byID(place)
  const stop = there && list().contains(there) ? there : messages.at(-1)
  if (stop !== there) isOpen = false
  messages.forEach((message) => set(message, message === stop ? 0 : -1))
  findAll(PARTS, list()).forEach((part) => set(part, isOpen && stop.contains(part) ? 0 : -1))
  // Where an account goes its messages stay, with other words.
  findAll('.message[aria-label]', list()).forEach(label)
  // What can have the focus in it is scrolled by that.
  set(scroller(), messages.length ? -1 : 0)
}

/** From the field one comes to the newest again. */
function toNewest() {
  if (!place || byID(place) === findAll('.message', list()).at(-1)) return
  place = undefined
  setStops()
}

listen('focusin', ({ target }) => {
  if (target.id === 'text' && list()) toNewest()
  const message = target.matches(`.message, ${PARTS}`) && target.closest('.messages .message')
  if (!message) return
  place = message.id
  isOpen = true
  label(message)
  setStops()
})

listen('swapped', setStops)
setStops()
