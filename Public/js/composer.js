import { byID, heed, isModified, one } from './page.js'
import { toEnd } from './keep.js'
import { parse } from './swap.js'
import { attached, attaching, bringBack, complain, fault, take } from './attach.js'
import { add, discard, images, keep, lost, waiting } from './outbox.js'
import { drop, send, show } from './sending.js'
import { read, write } from './store.js'

const form = byID('composer')
const field = byID('text')
const { conversation } = byID('main').dataset
const draft = 'draft/' + conversation

function setText(text) {
  field.value = text
  changed()
}

function changed() {
  write(draft, field.value)
  if (CSS.supports('field-sizing', 'content')) return
  field.dataset.grown = ''
  for (field.rows = 1; field.rows < 8 && field.scrollHeight > field.clientHeight;) field.rows++
}

function giveBack({ id, text }, sentence, refused = '') {
  const items = images.get(id) ?? []
  items.request?.abort()
  images.delete(id)
  bringBack(items.filter((_, at) => !refused.includes(at)))
  setText([text, field.value].filter(Boolean).join('\n'))
  complain(sentence)
}

const sendAll = () => send((entry, html) => {
  const error = one('#text-error', parse(html))
  if (!error || !form || entry.conversation !== conversation || field.value || attached()[0]) return false
  giveBack(entry, error.textContent.trim(), error.dataset.refused)
  return true
})

async function submit(event) {
  event.preventDefault()
  field.focus()
  complain()
  await attaching()
  if (!field.value.trim() && !attached()[0]) return
  if (fault()) return complain(fault())
  const entry = add(conversation, form.action, field.value, take())
  setText('')
  const newer = one('.newer a')
  if (newer && !entry.until) return location.assign(newer.href)
  show(entry)
  toEnd()
  sendAll()
}

const isTouch = matchMedia('(pointer: coarse)').matches

function press(event) {
  // 229: an input method, where isComposing is not said.
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229 || isModified(event) || isTouch) return
  event.preventDefault()
  form.requestSubmit()
}

function choose({ target }) {
  const choice = target.dataset.sending
  const id = choice && target.closest('.message').dataset.clientId
  const entry = id && waiting().find((each) => each.id === id)
  if (!entry) return
  field.focus()
  if (choice === 'retry') keep(entry)
  else {
    if (choice === 'cancel') giveBack(entry)
    discard(entry)
    drop(id)
  }
  sendAll()
}

const showAll = () => waiting(conversation).forEach((entry) => show(entry, entry.refused && ''))

if (form) {
  if (!field.value) setText(read(draft))
  for (const entry of lost(conversation)) {
    discard(entry)
    giveBack(entry, form.dataset.again)
  }
  heed('submit', submit, form)
  heed('keydown', press, field)
  heed('input', changed, field)
  heed('click', choose, one('.messages'))
  heed('resynced', showAll)
  // Done with in another tab.
  heed('storage', ({ key, newValue }) => newValue || key?.includes('/outbox/') && drop(key.split('/').at(-1)), window)
  showAll()
  if (!isTouch && document.activeElement === document.body) field.focus()
}

heed('connected', sendAll)
heed('online', sendAll, window)
sendAll()
