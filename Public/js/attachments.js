// The pictures in the composer: shown with a field to describe each, checked, and kept until they are sent.
import { byID, clone, find, findAll, listen } from './page.js'
import { filesOf, keepFiles, removeFiles } from './files.js'
import { fit } from './picture.js'
import { words } from './words.js'

const MEGABYTE = 1 << 20
const MOST = 10
const MOST_BYTES = 10 * MEGABYTE
const MOST_BYTES_TOGETHER = 40 * MEGABYTE
const LONGEST_SIDE = 2048

export class Attachments {
  #items = new Map()
  #original
  #list

  /** Pictures are being read as long as this is pending. */
  settled = Promise.resolve()

  /**
   * @param key what they are kept under
   * @param changed called when there are others
   * @param complain called with a sentence where some cannot be taken
   */
  constructor(form, { key, changed, complain }) {
    this.#original = find('#original', form)
    this.#list = find('#attached', form)
    this.key = key
    this.changed = changed
    this.complain = complain
    listen('click', ({ target }) => this.#removeBy(target), { target: this.#list })
    listen('change', () => this.#keep(), { target: this.#list })
  }

  get count() {
    return this.#items.size
  }

  /** Takes files that were chosen. */
  add(files) {
    this.settled = this.settled.then(() => this.#read(files))
  }

  async #read(files) {
    const faults = new Set()
    for (const file of files.slice(0, MOST + 1)) {
      try {
        const item = await fit(file, LONGEST_SIDE)
        faults.add(item ? this.#try({ ...item, alt: '' }) : words('{name} moves, and is of a kind that cannot be sent. Save it as GIF or WebP and choose that one.', file))
      } catch {
        faults.add(words('{name} is not a picture that this browser can read. Choose a JPEG or PNG instead.', file))
      }
    }
    this.complain([...faults].filter(Boolean).join(' '))
    this.#keep()
    this.changed()
  }

  /** @returns why it cannot be taken, or nothing. */
  #try(item) {
    const element = this.#show(item)
    const fault = this.fault()
    if (fault) this.#remove(element)
    return fault
  }

  #show(item) {
    const { name } = item.file
    const element = clone('attachment')
    const image = find('img', element)
    Object.assign(image, { width: item.width, height: item.height, alt: name, src: URL.createObjectURL(item.file) })
    image.onload = () => URL.revokeObjectURL(image.src)
    Object.assign(find('input', element), { ariaLabel: words('Describe {name}', { name }), value: item.alt })
    find('button', element).ariaLabel = words('Remove {name}', { name })
    element.classList.toggle('scaled', item.original !== undefined)
    this.#items.set(element, item)
    this.#list.append(element)
    return element
  }

  #remove(element) {
    this.#items.delete(element)
    element.remove()
  }

  async #removeBy(target) {
    if (!target.matches('button')) return
    const element = target.closest('li')
    this.#items.delete(element)
    // Once it is out of sight it does not come back, even if the page is loaded again at once.
    await this.#keep()
    element.remove()
    this.changed()
    byID('text').focus()
  }

  /** Those that will be sent, in order, as they will be. */
  #chosen() {
    const isOriginal = this.#original.checked
    return [...this.#items].map(([element, { file, original, width, height }]) => ({
      file: (isOriginal && original) || file, width, height, alt: find('input', element).value,
    }))
  }

  #keep() {
    const items = [...this.#items].map(([element, item]) => ({ ...item, alt: find('input', element).value }))
    return items.length ? keepFiles(this.key, items) : removeFiles(this.key)
  }

  /** @returns why these cannot be sent together, or nothing. */
  fault() {
    const files = this.#chosen().map(({ file }) => file)
    const large = files.find(({ size }) => size > MOST_BYTES)
    if (files.length > MOST) return words('A message can have up to 10 images. Send the others in another message.')
    if (large) return words('{name} is larger than 10 MB. Choose a smaller one.', large)
    const together = files.reduce((sum, { size }) => sum + size, 0)
    if (together > MOST_BYTES_TOGETHER) return words('Those images are over 40 MB in total. Send some of them in another message.')
    return ''
  }

  /** They belong to a message now, and leave the composer at once. */
  async handOver(id) {
    const items = this.#chosen()
    this.#empty()
    await keepFiles(keyFor(id), items)
    if (!this.count) await removeFiles(this.key)
  }

  clear() {
    this.#empty()
    removeFiles(this.key)
  }

  #empty() {
    for (const element of findAll('li', this.#list)) this.#remove(element)
    this.#original.checked = false
  }

  /** Those that were kept under a key stand here again. */
  async open(key) {
    this.putBack(await filesOf(key))
  }

  putBack(items) {
    items.forEach((item) => this.#show(item))
    this.#keep()
    this.changed()
  }
}

/** What the pictures of a message on its way are kept under. */
export const keyFor = (id) => `outbox/${id}`
