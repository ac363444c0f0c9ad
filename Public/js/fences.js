// The button at code in a message copies the code, without the word that says what language it is in, and says that it did.
// Listens to code coming into the page.
import { announceNow } from './announcer.js'
import { copyTextOf } from './clipboard.js'
import { connect, find, listen } from './page.js'
import { failure } from './notices.js'
import { parse } from './swap.js'
import { words } from './words.js'

/** So long, in milliseconds, it says so. */
const STAYING = 2000

const icon = (shape) => `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`
const SHEETS = '<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2.5"/><path d="M5.6 15.3A2.5 2.5 0 0 1 4 13V6.5A2.5 2.5 0 0 1 6.5 4H13a2.5 2.5 0 0 1 2.3 1.6"/>'
const TICK = '<path d="m5 12.5 4.5 4.5L19 7.5"/>'
const BUTTON = `<button type="button" class="copy">${icon(SHEETS)}${icon(TICK)}</button>`

class CopyButton {
  timer = 0

  constructor(fence, signal) {
    [this.button] = parse(BUTTON).children
    this.code = find('code', fence)
    this.name = words('Copy code')
    fence.append(this.button)
    listen('click', () => this.copy(), { target: this.button, signal })
  }

  set name(name) {
    this.button.ariaLabel = name
    this.button.title = name
  }

  async copy() {
    if (!await copyTextOf(this.code)) return failure(words('That did not work. Try again.'))
    this.say(words('Copied'))
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.rest(), STAYING)
  }

  say(word) {
    this.name = word
    this.button.dataset.done = ''
    announceNow(word)
  }

  rest() {
    this.name = words('Copy code')
    delete this.button.dataset.done
  }
}

connect('.messages .fence', (fence, signal) => new CopyButton(fence, signal))
