// The list of conversations: unread counts, the title of the page, which one is open, and where one has scrolled to.
// Listens to changes of the page, and to the page being left.
import { byID, find, findAll, listen } from './page.js'
import { request } from './requests.js'
import { own } from './store.js'
import { words } from './words.js'

/** At most one look at the list in so many milliseconds, and none before the first few. */
const REST = 2000
const SOON = 300

/** Whether the list shows only a part: `filtered` by what was asked for, or `onlineOnly`. */
export const isListed = (how) => byID('rows')?.dataset[how] !== undefined

export const unreadOf = (row) => parseInt(find('.unread', row).textContent) || 0

/** A word for the eye and one for the ear. */
export function say(place, seen, heard) {
  const sign = document.createElement('b')
  const word = document.createElement('span')
  sign.textContent = seen
  word.className = 'hidden'
  word.textContent = heard
  place.replaceChildren(sign, ' ', word)
}

/** Says in a row that some of what is unread means this person. */
export const setMentioned = (row) => say(find('.mentioned', row), '@', words('mentions you'))

export function setUnread(row, count) {
  const place = find('.unread', row)
  if (!count) {
    find('.mentioned', row).replaceChildren()
    return place.replaceChildren()
  }
  say(place, count, words('unread'))
}

let timer = 0
let last = 0

/** Fetches the rows anew, soon. */
export function refreshRows() {
  clearTimeout(timer)
  timer = setTimeout(() => {
    last = Date.now()
    const form = byID('find-form')
    if (form) request(form, { isQuiet: true })
  }, Math.max(SOON, last + REST - Date.now()))
}

/** Marks the row of a conversation as the one that is open. */
export function showOpen(row) {
  for (const link of findAll('.row [aria-current]')) link.removeAttribute('aria-current')
  if (row) find('a', row).setAttribute('aria-current', 'page')
}

/** The title without the number before it. */
let name = document.title

export function setTitle(title) {
  name = title
  update()
}

const online = () => byID('online-count')?.textContent
let before = online()

function update() {
  if (!isListed('filtered')) {
    const sum = findAll('.row:not(:has(.mute *))').reduce((total, row) => total + unreadOf(row), 0)
    const person = find('.who h1')
    const title = person ? `${person.textContent} · ${find('meta[name=application-name]').content}` : name
    document.title = sum ? `(${sum}) ${title}` : title
  }
  if (isListed('onlineOnly') && (before !== online() || find('.row .presence:empty'))) refreshRows()
  before = online()
}

listen('swapped', update)
listen('pagehide', () => {
  const rows = byID('rows')
  if (rows) own.write('rows', String(Math.round(rows.scrollTop)))
}, { target: window })

/** A new page shows the list as the last one did, and the row that is open. */
function restoreScroll() {
  const rows = byID('rows')
  if (!rows) return
  rows.scrollTop = Number(own.read('rows'))
  const current = find('.row [aria-current]', rows)
  if (!current || !rows.clientHeight) return
  const [row, box] = [current.getBoundingClientRect(), rows.getBoundingClientRect()]
  if (row.top < box.top || row.bottom > box.bottom) current.scrollIntoView({ block: 'nearest' })
}

restoreScroll()
update()
