// Jumps to the message that a link leads to, in a message or under the heading: within the page where it is there, else with the stretch of history around it.
// A message that was jumped to is lit up for a moment and has the focus.
// The browser's own Back leads from there to where one was.
// Listens to clicks on links, to going back and forth, and to messages put into the page, whose links may be to others.
import { byID, connect, find, isModified, listen } from './page.js'
import { showNewest } from './history.js'
import { go } from './navigation.js'
import { goTo, rememberPlace } from './places.js'
import { list, scroller } from './view.js'

/** So long, in milliseconds, it is lit up, as in the style sheet. */
const LIT = 1500

/** So much of the view, from its upper edge, is left for what was before. */
const BEFORE = 0.3

/** @returns the number of the message that an address of this server leads to. */
function messageAt({ origin, pathname, search }) {
  return origin === location.origin && !search ? /^\/messages\/(\d+)$/.exec(pathname)?.[1] : undefined
}

/** Where it is shown, as the places that one was in. */
const placeOf = (id) => ({ id, offset: BEFORE * scroller().clientHeight })

function show(id) {
  const message = byID(`message-${id}`)
  if (!message) return
  goTo(placeOf(id))
  message.tabIndex = -1
  message.focus({ preventScroll: true })
  message.classList.remove('lit')
  // Lit up once more where it still is.
  message.getBoundingClientRect()
  message.classList.add('lit')
  setTimeout(() => message.classList.remove('lit'), LIT)
}

async function jump(id) {
  const state = { place: placeOf(id) }
  if (byID(`message-${id}`)) {
    rememberPlace(true)
    history.pushState(state, '')
  } else await go(`/messages/${id}`, { state })
  show(id)
}

// To another place of what is open, of which nothing is its end. Where main is busy another page is on its way already.
listen('popstate', () => {
  const place = history.state?.place
  if (place === undefined || !list() || byID('main').ariaBusy) return
  if (!place) showNewest()
  else if (!goTo(place)) go(location.href, { how: 'keep' })
}, { target: window })

// Where the server does not know its own address, it took the link for one to elsewhere.
connect('.text a[target][href*="/messages/"]', (link) => {
  if (!messageAt(link)) return
  link.removeAttribute('target')
  link.classList.add('to-message')
})

// Before the module that goes from page to page hears of it.
connect('.messages', (_, signal) => listen('click', (event) => {
  const link = event.target.closest('a[href]')
  const id = link && messageAt(link)
  if (!id || event.button || isModified(event)) return
  event.preventDefault()
  jump(id)
}, { target: byID('main'), signal }))
