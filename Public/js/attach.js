import { byID, clone, heed, one } from './page.js'
import { fit } from './picture.js'

const form = byID('composer')
const list = byID('attached')
const original = byID('original')
const chosen = (item) => original.checked && item.original || item.file

export const attached = () => [...list.children]

export function complain(sentence = '') {
  byID('text').ariaInvalid = !!sentence
  one('#text-error span').textContent = sentence
}

export function fault() {
  const files = attached().map(chosen)
  const large = files.find(({ size }) => size > 10 << 20)
  return files[10] ? form.dataset.many : large ? large.name + form.dataset.large
    : files.reduce((sum, { size }) => sum + size, 0) > 40 << 20 ? form.dataset.heavy : ''
}

export function take() {
  const items = attached()
  items.forEach((item) => { item.file = chosen(item) })
  original.checked = false
  list.replaceChildren()
  return items
}

export function bringBack(items) {
  items.forEach((item) => item.prepend(item.image))
  list.prepend(...items)
}

async function attach(files, before) {
  await before
  const faults = new Set()
  for (const file of files.slice(0, 11)) {
    const { name } = file
    let wrong
    try {
      const made = await fit(file, 2048)
      const item = clone('attachment')
      const image = one('img', item)
      Object.assign(item, made, { image })
      Object.assign(image, made.size, { alt: name, src: URL.createObjectURL(made.file) })
      image.onload = () => URL.revokeObjectURL(image.src)
      one('input', item).ariaLabel = 'Describe ' + name
      one('button', item).ariaLabel = 'Remove ' + name
      list.append(item)
      wrong = fault()
      if (wrong) item.remove()
    } catch {
      wrong = name + form.dataset.unreadable
    }
    faults.add(wrong)
  }
  complain([...faults].join(' ').trim())
}

let work
export const attaching = () => work

function add(files) {
  work = attach([...files], work)
}

if (form) {
  heed('change', ({ target }) => {
    add(target.files)
    target.value = ''
  }, byID('images'))
  heed('click', ({ target }) => {
    if (!target.matches('button')) return
    target.parentNode.remove()
    byID('text').focus()
  }, list)
  heed('paste dragover dragleave drop', (event) => {
    const { files, types } = event.clipboardData ?? event.dataTransfer
    // A document's text comes with a picture of it.
    if (!types.includes('Files') || types.includes('text/plain')) return
    event.preventDefault()
    byID('main').classList.toggle('dropping', event.type === 'dragover')
    if (files.length) add(files)
  })
}
