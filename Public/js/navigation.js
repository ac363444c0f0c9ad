// Going from one conversation to another, or to none, changes the main part of the page and nothing else: the list, the
// event stream and what is being sent stay. Addresses, links and the browser's Back are what they are without modules.
// A link that was pressed shows it until what it leads to is there.
// Listens to clicks on links, and to going back and forth.
import { byID, find, findAll, isModified, listen, tell } from './page.js'
import { fetchPage } from './document.js'
import { fetchList } from './history.js'
import { failForNow, isDown } from './line.js'
import { goTo, goToNew, openRowID, placeIn, rememberPlace } from './places.js'
import { startRecording } from './recorder.js'
import { setTitle, setUnread, showOpen, unreadOf } from './sidebar.js'
import { isLive, keeping, list } from './view.js'

const TIMEOUT = 20_000

/** On a phone the list and the conversation take turns. */
const isNarrow = matchMedia('(width < 720px)')
const isTouch = matchMedia('(pointer: coarse)')

/** The page with the list alone. */
const HOME = '/'

const isConversation = (path) => /^\/(people|conversations)\/\d+$/.test(path)
const isChat = (path) => path === HOME || isConversation(path)
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

/** Where there is something unread, that is what one comes for; who goes back wants to be where one was. */
function placeAt(row, how) {
  const isBack = how === 'keep'
  if (isBack && history.state?.place !== undefined) return history.state.place
  return row && (isBack || !unreadOf(row)) ? placeIn(row.id) : undefined
}

/**
 * Opens a page of the chat in place of the one that is open.
 * @param how what becomes of the address: `push`, `replace`, or `keep` where the browser has it already
 * @param state kept with the address
 */
export async function go(address, { how = 'push', state = null } = {}) {
  const turn = ++current
  const path = new URL(address, location).pathname
  const row = rowOf(path)
  rememberPlace(how === 'push')
  const place = placeAt(row, how)
  controller?.abort()
  controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), TIMEOUT)
  const heard = startRecording()
  pending = { address, how, state }
  showOpen(row)
  byID('main').ariaBusy = 'true'
  try {
    const asked = new URL(address, location)
    const isOpened = !asked.search && isConversation(path)
    if (isOpened || (place && how === 'keep')) asked.search = `around=${place?.id ?? 'unread'}`
    const { page, address: found } = await fetchPage(asked, controller.signal)
    if (turn !== current) return
    if (!find('.chat', page)) return location.assign(address)
    const final = new URL(found)
    if (isOpened) final.search = ''
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

/** Marks the link that was pressed; without one, none is. */
function press(link) {
  for (const each of findAll('[data-pressed]')) delete each.dataset.pressed
  if (link) link.dataset.pressed = ''
}

/** What is wrong with the address the server says best itself. Where it cannot be reached one stays where one is. */
function failing(error, address, how) {
  const isWrong = /^4\d\d$/.test(error.message) && error.message !== '429'
  stay()
  if (isWrong) return location.assign(address)
  // The browser has gone back or forth already.
  if (how === 'keep') history.pushState(null, '', shown)
  failForNow()
}

/** Goes to another page of this site once the server can be reached. */
async function leaveFor(address) {
  try {
    await fetch(address, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT) })
    location.assign(address)
  } catch {
    press()
    failForNow()
  }
}

/** One stays where one is. */
function stay() {
  pending = undefined
  press()
  byID('main').ariaBusy = null
  showOpen(rowOf(shown.split('?')[0]))
}

function show(page, place) {
  press()
  const fresh = find('main', page)
  const left = byID(openRowID())
  keeping(() => {
    find('.chat').className = find('.chat', page).className
    byID('main').replaceWith(fresh)
    takeRow(page)
    tell('inserted', fresh)
    // Before anything looks at what is in view, and takes it for read.
    if (place) goTo(place)
    else if (!location.search) goToNew()
  })
  setTitle(page.title)
  moveFocus(fresh, left)
}

/** The row of what is open. It counts what is new until that has been on screen. */
function takeRow(page) {
  const link = find('.row [aria-current]', page)
  const row = link && byID(link.closest('.row').id)
  showOpen(row)
  if (row && isLive() && !byID('new-line')) setUnread(row, 0)
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
  if (row && row.checkVisibility()) return row.focus()
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
  if (origin !== location.origin || hash) return
  press(link)
  if (!isChat(pathname) || !find('.chat')) {
    if (!isDown()) return
    event.preventDefault()
    return leaveFor(link.href)
  }
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

listen('pageshow', () => press(), { target: window })

// The page on its way may be older than what the whole page knows now.
listen('resynced', () => pending && go(pending.address, pending))

/** A page that one went back to opens where one was, and so does one that was loaded again, unless it has something new. */
async function restore() {
  const [load] = performance.getEntriesByType('navigation')
  const isReturn = load?.type === 'back_forward' || (load?.type === 'reload' && !byID('new-line'))
  const place = list() && isReturn ? placeIn(openRowID()) : undefined
  if (!place && !location.search) goToNew()
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
