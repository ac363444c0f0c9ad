import { all, byID, one, tell, toLogin, viewer, visible } from './page.js'
import { keeping } from './keep.js'
import { insertAside, parse } from './swap.js'
import { reading } from './messages.js'
import { isListed, refreshRows, setUnread, unread } from './sidebar.js'

export function apply(parts, pushed) {
  const read = reading()
  keeping(() => parts.forEach((html) => put(parse(html), pushed, read)))
}

const batch = []

// Each change costs a layout.
export function push(html) {
  if (batch.push(html) === 1) setTimeout(() => apply(batch.splice(0), true), 20)
}

function put(content, pushed, read) {
  const messages = all('.message', content)
  const others = messages.filter((message) => message.dataset.author !== viewer)
  for (const row of all('.row', content)) fit(row, others.length, read)
  if (pushed) announce(others.filter((message) => !byID(message.id)
    && one(message.parentNode.getAttribute('hx-swap-oob').split(':')[1])))
  dropTwins(messages.filter(({ parentNode }) => parentNode.getAttribute?.('hx-swap-oob') !== 'true'))
  insertAside(content)
}

function fit(row, count, read) {
  const there = byID(row.id)
  const { newest, name } = row.dataset
  if (there) {
    const newer = newest - there.dataset.newest
    if (newer < 0) return row.remove()
    const open = one('[aria-current]', there)
    if (open) one('a', row).setAttribute('aria-current', 'page')
    one('.presence', row).replaceWith(one('.presence', there).cloneNode(true))
    return setUnread(row, unread(there) + (newer && !(open && read) ? count : 0))
  }
  const more = byID('more-rows')
  // One behind the last comes with the next page.
  const beyond = more && newest === '0' && name > more.previousElementSibling?.dataset.name
  if (beyond || !byID('rows') || isListed('filtered')) return row.remove()
  setUnread(row, count)
  // On a page that is not here it may have had a count already.
  if (count && more) refreshRows()
}

const gist = (message) => one('.text', message).textContent.trim() + all('.images > *', message).length

// The stream may be quicker than the answer.
function dropTwins(messages) {
  for (const message of messages) {
    if (message.dataset.author === viewer && !byID(message.id)) {
      all('.sending').find((each) => gist(each) === gist(message))?.remove()
    }
  }
}

let waiting = []
let timer = 0

function announce(messages) {
  const announcer = byID('announcer')
  if (!announcer || !visible() || !messages.length) return
  waiting.push(...messages.map((message) => all('.author, .images img, .text', message)
    .map((part) => part.alt?.replace(/^(Image )?/, 'Image ') ?? part.textContent).filter(Boolean).join(': ')))
  clearTimeout(timer)
  timer = setTimeout(() => {
    announcer.textContent = waiting.length > 3 ? `${waiting.length} new messages` : waiting.join('. ')
    waiting = []
    timer = setTimeout(() => announcer.replaceChildren(), 9000)
  }, 400)
}

export async function resync() {
  const address = new URL(location)
  const form = byID('find-form')
  if (form) new FormData(form).forEach((value, name) => address.searchParams.set(name, value))
  try {
    const response = await fetch(address)
    if (response.url.includes('/login')) return toLogin()
    if (!response.ok) return
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    if (page.body.dataset.viewer !== viewer) return location.reload()
    keeping(() => {
      for (const part of ['#main', '#rows', '#online-count', '.heading', '.messages']) {
        const [old, fresh] = [one(part), one(part, page)]
        if (!old || !fresh) continue
        for (const { name, value } of fresh.attributes) old.setAttribute(name, value)
        if (part !== '#main') old.replaceChildren(...fresh.childNodes)
      }
    })
    tell('resynced')
    return Number(page.body.dataset.event)
  } catch {}
}
