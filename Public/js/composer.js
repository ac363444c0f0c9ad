// The field in which one writes, and what becomes of it: a draft as long as it stands there, a message when it is sent.
// Listens to what is typed and chosen, to the buttons of messages that were not sent, and to other tabs.
import { byID, connect, find, isModified, listen, makeID, tell } from './page.js'
import { pictures } from './delivery.js'
import { Drafts } from './drafts.js'
import { showNewest } from './history.js'
import { discard, outbox, sendAll, show } from './sending.js'
import { shared } from './store.js'
import { parse } from './swap.js'
import { tab } from './tab.js'
import { isLive } from './view.js'

const MOST_ROWS = 8

/** The code of a key that an input method has taken, where `isComposing` is not said. */
const TAKEN = 229

const drafts = new Drafts(shared, tab)
const isTouch = matchMedia('(pointer: coarse)').matches

/**
 * Whom a field's text means by a name, `{ id, name }` each: those who were chosen from a list, in the order in which they
 * were. Several may have one name.
 */
export const chosenFor = new WeakMap()

/** The composer of the conversation that is open. */
class Composer {
  attachments

  /** Pictures are being looked for as long as this is pending. */
  ready = Promise.resolve()

  /** The message that one answers, `{ id, author, name, colour, line, quote }`, where one does. */
  reply

  /** While the field holds a message that is being edited, and no draft: how to `save` it, and to `leave` it as it was. */
  held

  constructor(form, signal) {
    this.form = form
    this.signal = signal
    this.field = byID('text')
    this.heading = byID('conversation-name')
    this.conversation = byID('main').dataset.conversation
    this.listen()
    this.open()
  }

  listen() {
    const { form, field, signal } = this
    listen('submit', (event) => {
      event.preventDefault()
      this.send()
    }, { target: form, signal })
    listen('input', () => this.changed(), { target: field, signal })
    listen('keydown', (event) => this.press(event), { target: field, signal })
    listen('change', async ({ target }) => {
      this.attach([...target.files])
      await this.ready
      if (this.attachments) target.value = ''
    }, { target: byID('images'), signal })
    listen('click', (event) => this.choose(event), { target: find('.messages'), signal })
    listen('storage', (event) => this.heedOther(event), { target: window, signal })
  }

  /** What had been begun here stands in the field again. */
  open() {
    if (!isTouch && document.activeElement === document.body) this.field.focus()
    if (this.field.value) return this.grow()
    const draft = drafts.open(this.conversation)
    if (!draft) return
    this.setText(draft.text, draft.chosen)
    this.answer(draft.reply)
    if (draft.images) this.ready = this.attaching().then((attachments) => attachments?.open(draft.key))
  }

  /** The pictures beside the text, whose module is loaded when there is one. */
  async attaching() {
    const module = await pictures()
    this.attachments ??= module && module.openAttachments(this.form, {
      key: drafts.keyOf(this.conversation),
      changed: () => this.changed(),
      complain: (sentence) => this.complain(sentence),
    })
    return this.attachments
  }

  /** Whom one writes to, as they are called now. */
  get addressee() {
    return this.heading.textContent
  }

  get images() {
    return this.attachments?.count ?? 0
  }

  attach(files) {
    if (files.length) this.ready = this.ready.then(async () => (await this.attaching())?.add(files))
  }

  /** Tells the module that shows what is answered. */
  answer(reply) {
    this.reply = reply
    tell('answering')
  }

  get chosen() {
    return chosenFor.get(this.field)
  }

  setText(text, chosen) {
    this.field.value = text
    chosenFor.set(this.field, chosen)
    this.grow()
  }

  changed() {
    if (!this.held) this.keep()
    this.grow()
  }

  /** As a draft. */
  keep() {
    drafts.write(this.conversation, this.field.value, this.images, Date.now(), this.addressee, this.chosen, this.reply)
  }

  /** For browsers in which a field does not grow by itself. */
  grow() {
    if (CSS.supports('field-sizing', 'content')) return
    const { field } = this
    field.dataset.grown = ''
    for (field.rows = 1; field.rows < MOST_ROWS && field.scrollHeight > field.clientHeight;) field.rows += 1
  }

  complain(sentence = '') {
    this.field.ariaInvalid = String(sentence !== '')
    find('#text-error span').textContent = sentence
  }

  press(event) {
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === TAKEN || isModified(event) || isTouch) return
    event.preventDefault()
    this.form.requestSubmit()
  }

  async send() {
    if (this.held) return this.held.save()
    this.field.focus()
    this.complain()
    await this.ready
    await this.attachments?.settled
    const fault = this.attachments?.fault() ?? ''
    if (fault) return this.complain(fault)
    const { value: text } = this.field
    if (!text.trim() && !this.images) return
    const { conversation, addressee: name, images, chosen, reply } = this
    const message = { id: makeID(), conversation, action: this.form.action, text, images, chosen, name, reply }
    // Emptied first, so that what is typed next is another message.
    this.setText('')
    this.answer()
    if (message.images) await this.attachments.handOver(message.id)
    const entry = outbox.add(message, Date.now())
    drafts.finish(this.conversation, text)
    if (this.field.value || this.images) this.changed()
    if (isLive()) show(entry)
    sendAll(giveBack)
    if (!this.signal.aborted) await showNewest()
  }

  /** Whether it is the composer of that conversation, and nothing stands in it. */
  isFreeFor({ conversation }) {
    return !this.signal.aborted && conversation === this.conversation && !this.field.value && !this.images && !this.held
  }

  /** A message stands in the field again, with its images but for those at the places that were refused. */
  async takeBack({ id, text, images, chosen = [], reply }, sentence = '', refused = '') {
    this.held?.leave()
    if (reply) this.answer(reply)
    const items = images ? await (await pictures())?.itemsOf(id) ?? [] : []
    this.setText([text, this.field.value].filter(Boolean).join('\n'), [...chosen, ...this.chosen ?? []])
    if (items.length) (await this.attaching())?.putBack(items.filter((_, at) => !refused.split(' ').includes(String(at))))
    this.changed()
    this.complain(sentence)
  }

  /** The buttons at a message that is on its way or was not sent. */
  async choose({ target }) {
    const { sending: choice } = target.dataset
    const id = choice && target.closest('.message').dataset.clientId
    const entry = id && outbox.entries(this.conversation).find((each) => each.id === id)
    if (!entry) return
    this.field.focus()
    if (choice === 'retry') outbox.retry(entry)
    else {
      if (choice === 'cancel') await this.takeBack(entry)
      discard(entry)
    }
    sendAll(giveBack)
  }

  /** This tab's draft went out with a message of another tab, which had begun with it. */
  heedOther(event) {
    if (shared.keyOf(event) !== drafts.keyOf(this.conversation) || event.newValue) return
    const { text, images } = JSON.parse(event.oldValue)
    if (text !== this.field.value || images !== this.images) return
    this.setText('')
    this.answer()
    this.attachments?.clear()
  }
}

let composer

/** That of the conversation that is open. */
export const openComposer = () => byID('composer') && composer

/** What the server would not take is corrected in the composer, where that is free for it. */
async function giveBack(entry, html) {
  const error = find('#text-error', parse(html))
  if (!error || !composer?.isFreeFor(entry)) return false
  await composer.takeBack(entry, error.textContent.trim(), error.dataset.refused)
  return true
}

connect('#composer', (form, signal) => { composer = new Composer(form, signal) })

const goOn = () => sendAll(giveBack)
listen('connected', goOn)
listen('online', goOn, { target: window })
goOn()
