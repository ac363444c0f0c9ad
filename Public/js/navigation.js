// Going from one conversation to another, or to none, changes the main part of the page and nothing else: the list, the
// event stream and what is being sent stay. Addresses, links and the browser's Back are what they are without modules.
// Listens to clicks on links of the chat, and to going back and forth.
import { byID, find, findAll, isModified, listen, tell } from './page.js'
import { fetchPage } from './document.js'
import { fetchList } from './history.js'
import { failure } from './notices.js'
import { goTo, openRowID, placeIn, rememberPlace } from './places.js'
import { startRecording } from './recorder.js'
import { setTitle, setUnread, showOpen, unreadOf } from './sidebar.js'
import { keeping, list } from './view.js'
import { words } from './words.js'

const TIMEOUT = 20_000

/** On a phone the list and the conversation take turns. */
const isNarrow = matchMedia('(width < 720px)')
const isTouch = matchMedia('(pointer: coarse)')

/** The page with the list alone. */
const HOME = '/'

const isChat = (path) => path === HOME || /^\/(people|conversations)\/\d+$/.test(path)
const here = () => location.pathname + location.search

let current = 0
let controller
/** The address of what is shown, which the browser's own may run ahead of. */
let shown = here()
/** What is on its way. */
let pending

/** The id of the row at each address that was opened: one of two people has two, theirs and its own. */
const rowIDs = new Map()

/** The row of what is at an address. */
const rowOf = (path) => byID(rowIDs.get(path))
  ?? findAll('.row').find((row) => new URL(find('a', row).href).pathname === path)

/**
 * Opens a page of the chat in place of the one that is open.
 * @param how what becomes of the address: `push`, `replace`, or `keep` where the browser has it already
 * @param state kept with the address
 */
async function go(address, { how = 'push', state = null } = {}) {
  const turn = ++current
  const path = new URL(address, location).pathname
  const row = rowOf(path)
  rememberPlace()
  // Where there is something unread, that is what one comes for.
  const place = row && !unreadOf(row) ? placeIn(row.id) : undefined
  controller?.abort()
  controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), TIMEOUT)
  const heard = startRecording()
  pending = { address, how, state }
  showOpen(row)
  byID('main').ariaBusy = 'true'
  try {
    const asked = new URL(address, location)
    if (place && !asked.search) asked.search = `around=${place.id}`
    const { page, address: found } = await fetchPage(asked, { signal: controller.signal, isOpened: true })
    if (turn !== current) return
    if (!find('.chat', page)) return location.assign(address)
    const final = new URL(found)
    if (place) final.search = ''
    if (how === 'push' && final.href !== location.href) history.pushState(state, '', final)
    else if (how === 'replace') history.replaceState(state, '', final)
    shown = here()
    pending = undefined
    show(page, place)
    note(path)
    tell('repeat', heard())
  } catch (error) {
    if (turn !== current) return
    failing(error, address, how)
  } finally {
    heard()
    clearTimeout(timer)
  }
}

/** Both addresses of what is open lead to it. */
function note(path = location.pathname) {
  for (const each of [path, location.pathname]) rowIDs.set(each, openRowID())
}

/** What does not come by fetching may come by itself, or the browser says why not. Without a line one stays where one is. */
function failing(error, address, how) {
  stay()
  if (how === 'keep' || /^\d+$/.test(error.message)) return location.assign(address)
  failure(words('That did not work. Try again.'))
}

/** One stays where one is. */
function stay() {
  pending = undefined
  byID('main').ariaBusy = null
  showOpen(rowOf(shown.split('?')[0]))
}

function show(page, place) {
  const fresh = find('main', page)
  const left = byID(openRowID())
  keeping(() => {
    find('.chat').className = find('.chat', page).className
    byID('main').replaceWith(fresh)
    takeRow(page)
    tell('inserted', fresh)
    // Before anything looks at what is in view, and takes it for read.
    if (place) goTo(place)
  })
  setTitle(page.title)
  moveFocus(fresh, left)
}

/** The page knows that the conversation has been read now. */
function takeRow(page) {
  const link = find('.row [aria-current]', page)
  const row = link && byID(link.closest('.row').id)
  showOpen(row)
  if (row) setUnread(row, unreadOf(link.closest('.row')))
}

/**
 * Where there is a keyboard one goes on writing; screen readers say the name of the main part that one came into. On a
 * phone the keys would cover what one came to read, so the heading has the focus. Who closes a conversation is at its
 * row again.
 */
function moveFocus(main, left) {
  const field = find('#text', main)
  if (field && !isTouch.matches) return field.focus({ preventScroll: true })
  const row = !field && left && find('a', left)
  const heading = find('h1', main)
  if (row?.checkVisibility()) return row.focus()
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

/** The arrow of a phone leads back to the list, as the browser's own Back does, and not to one more of it. */
function goHome() {
  if (history.state?.cameFromHome) history.back()
  else go(HOME, { how: 'replace' })
}

listen('click', (event) => {
  const link = event.target.closest('a[href]')
  if (!link || event.defaultPrevented || event.button || isModified(event) || link.target) return
  const { origin, pathname, search, hash } = new URL(link.href)
  if (origin !== location.origin || !isChat(pathname) || hash || !find('.chat')) return
  event.preventDefault()
  if (isNarrow.matches && pathname === HOME && link.closest('.heading')) return goHome()
  go(pathname + search, { state: { cameFromHome: location.pathname === HOME } })
})

listen('popstate', () => {
  if (!find('.chat') || !isChat(location.pathname)) return
  if (here() !== shown) return go(here(), { how: 'keep' })
  // Back where one still is: what was on its way is wanted no more.
  current += 1
  controller?.abort()
  stay()
}, { target: window })

// The page on its way may be older than what the whole page knows now.
listen('resynced', () => pending && go(pending.address, pending))

/** A page that was loaded again, or gone back to, opens where one was. */
async function restore() {
  const [load] = performance.getEntriesByType('navigation')
  const isReturn = load && load.type !== 'navigate'
  const place = list() && isReturn && !byID('new-line') ? placeIn(openRowID()) : undefined
  if (!place || goTo(place) || location.search) return
  try {
    await fetchList(`${location.pathname}?around=${place.id}`)
    goTo(place)
  } catch {
    // The newest messages are a good place, too.
  }
}

note()
restore()
