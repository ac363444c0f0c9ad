import { all, byID, heed, one } from './page.js'
import { request } from './swap.js'

export const isListed = (how) => how in (byID('rows')?.dataset ?? {})
export const unread = (row) => parseInt(one('.unread', row).textContent) || 0

export function setUnread(row, count) {
  one('.unread', row).innerHTML = count ? `<b>${Number(count)}</b> <span class="hidden">unread</span>` : ''
}

let timer = 0
let last = 0

export function refreshRows() {
  clearTimeout(timer)
  timer = setTimeout(() => {
    last = Date.now()
    const form = byID('find-form')
    if (form) request(form, true)
  }, Math.max(300, last + 2000 - Date.now()))
}

const { title } = document
const open = one('.who h1')
const online = () => byID('online-count')?.textContent
let before = online()

function update() {
  const sum = all('.row').reduce((total, row) => total + unread(row), 0)
  if (!isListed('filtered')) {
    const now = open ? open.textContent + ' · Nextalk' : title
    document.title = sum ? `(${sum}) ${now}` : now
  }
  if (isListed('onlineOnly') && (before !== online() || one('.row .presence:empty'))) refreshRows()
  before = online()
}

heed('swapped', update)
update()
