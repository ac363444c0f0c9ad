// Editing one's own message in place: its text stands in the composer's field, with a strip above it that says so. What had
// been begun there comes back afterwards; it stays a draft meanwhile. Where the message changed, both wordings are seen.
// Listens to changes of the page, since the message may be deleted; what one had written by then is not lost.
import { byID, find, listen, tell, toLogin } from './page.js'
import { addressOf } from './acting.js'
import { announceNow } from './announcer.js'
import { copyText } from './clipboard.js'
import { chosenFor, openComposer } from './composer.js'
import { create, icon } from './create.js'
import { apply } from './live.js'
import { failure, notice } from './notices.js'
import { lineOf, showStrip } from './replying.js'
import { parse } from './swap.js'
import { words } from './words.js'

/** So long, in milliseconds, the server may take. */
const PATIENCE = 20_000

/** @returns `{ status, html }`; without an answer the status is 0 */
async function ask(address, options) {
  try {
    const headers = { 'HX-Request': 'true' }
    const response = await fetch(address, { headers, signal: AbortSignal.timeout(PATIENCE), ...options })
    return { status: response.status, html: await response.text() }
  } catch {
    return { status: 0, html: '' }
  }
}

const sentenceIn = (content) => find('#edit-error span, .error span, p', content)?.textContent.trim()
  || words('That did not work. Try again.')

/** Says that the message is gone, and offers what was written of it until that is taken: in the field there is a draft. */
function offer(text) {
  const line = notice(`${words('This message was deleted.')} `, 'danger')
  const copy = create('button', { type: 'button' }, words('Copy what you wrote'))
  copy.onclick = async () => {
    if (!await copyText(text)) return failure(words('That did not work. Try again.'))
    line.remove()
    announceNow(words('Copied'))
  }
  line.append(copy)
}

/** One message in the field. */
class Edit {
  constructor(composer, message, { text, base }) {
    Object.assign(this, { composer, id: message.id, address: `${addressOf(message)}/edit`, base, text })
    this.before = { text: composer.field.value, chosen: chosenFor.get(composer.field) }
    this.opened = new AbortController()
    composer.held = this
    composer.complain()
    composer.setText(text)
    composer.form.classList.add('editing')
    this.setButton('tick', words('Save'))
    this.showStrip()
    this.ring()
    listen('swapped', () => this.look(), { signal: this.opened.signal })
    listen('abort', () => this.opened.abort(), { target: composer.signal })
    composer.field.focus()
    composer.field.setSelectionRange(text.length, text.length)
    announceNow(words('Editing your message. Escape leaves it as it was.'))
  }

  get message() {
    return byID(this.id)
  }

  /** The button that sends. */
  setButton(sign, name) {
    const button = find('.send', this.composer.form)
    find('.icon', button).replaceWith(icon(sign))
    find('.hidden', button).textContent = name
  }

  showStrip() {
    showStrip({
      icon: 'edit',
      title: [words('Editing')],
      line: this.message ? lineOf(this.message) : '',
      name: words('Stop editing'),
      leave: () => this.leave(),
    })
  }

  ring() {
    this.message?.classList.add('ringed')
  }

  look() {
    this.ring()
    if (!this.message || !find('.text > .deleted', this.message)) return
    const { composer, before } = this
    const { value: written } = composer.field
    const { chosen } = composer
    const isChanged = written.trim() !== '' && written !== this.text
    this.leave()
    if (isChanged && before.text) return offer(written)
    if (isChanged) {
      composer.setText(written, chosen)
      composer.changed()
    }
    failure(words('This message was deleted.'))
  }

  async save() {
    const { composer } = this
    if (this.isBusy) return
    this.isBusy = true
    composer.complain()
    const body = new URLSearchParams({ text: composer.field.value, base: this.base })
    const { status, html } = await ask(this.address, { method: 'POST', body })
    this.isBusy = false
    if (status === 401) return toLogin()
    if (composer.held !== this) return
    if (status === 200) {
      this.leave()
      apply(html)
      announceNow(words('Message edited'))
    } else this.refuse(parse(html))
  }

  /** The text stays in the field, with what is wrong with it. */
  refuse(content) {
    this.composer.complain(sentenceIn(content))
    const current = find('.current', content)
    if (!current) return
    // Saved once more it takes the place of what it says now.
    this.base = find('[name=base]', content).value
    const text = create('blockquote', { className: 'current', dir: 'auto' }, current.textContent)
    this.showStrip()
    byID('strip').append(create('p', { className: 'quiet' }, words('It says now:')), text)
  }

  leave() {
    const { composer, before } = this
    this.opened.abort()
    this.message?.classList.remove('ringed')
    composer.held = undefined
    composer.form.classList.remove('editing')
    this.setButton('send', words('Send'))
    composer.complain()
    composer.setText(before.text, before.chosen)
    showStrip()
    tell('answering')
    composer.field.focus()
  }
}

/** Takes a message into the field. */
export async function edit(message) {
  const composer = openComposer()
  const { status, html } = await ask(`${addressOf(message)}/edit`)
  if (status === 401) return toLogin()
  const content = parse(html)
  const field = find('#edited', content)
  if (status !== 200 || !field) return failure(sentenceIn(content))
  if (composer.signal.aborted) return
  composer.held?.leave()
  new Edit(composer, message, { text: field.value, base: find('[name=base]', content).value })
}
