// What one answers stands above the field until it is sent or left, and comes back with a draft and with what was refused.
// What becomes of the message meanwhile is followed by a module that is loaded with the first answer, sent or not.
// Listens to the composer telling that it changed, to a page that the server made with it, and to Escape in the field.
import { byID, connect, find, findAll, listen } from './page.js'
import { openComposer } from './composer.js'
import { shared } from './store.js'
import { parse } from './swap.js'
import { onFirstUse } from './upgrade.js'
import { words } from './words.js'

const MOST_SHOWN = 160

const sign = (name) => `<svg class="icon" aria-hidden="true"><use href="#icon-${name}"/></svg>`
const textsOf = '<span class="said"><b></b> <span dir="auto"></span></span>'

/**
 * Shows the strip in the composer that says what is answered or edited, or with nothing to show takes it away.
 * @param strip `{ icon, title, line, name, leave }`: `title` is texts and elements, `name` what its button is called, and
 *   `leave` what that does
 */
export function showStrip(strip) {
  if (!strip) return byID('strip').replaceChildren()
  const { icon, title, line, name, leave } = strip
  const content = parse(`${sign(icon)}${textsOf}<button type="button" class="leave">${sign('close')}</button>`)
  find('b', content).append(...title)
  find('.said > span', content).textContent = line
  Object.assign(find('button', content), { ariaLabel: name, onclick: leave })
  byID('strip').replaceChildren(content)
}

/** What is selected of a message's text, or of another place where that stands. */
export function selectedIn(message, text = find('.text', message)) {
  const selection = getSelection()
  if (!selection.rangeCount || selection.isCollapsed || !selection.containsNode(text, true)) return ''
  const range = selection.getRangeAt(0)
  return text.contains(range.startContainer) && text.contains(range.endContainer) ? selection.toString().trim() : ''
}

/** One line of what a message says. */
export function lineOf(message) {
  const text = find('.text', message).textContent.trim().replace(/\s+/g, ' ').slice(0, MOST_SHOWN)
  return text || findAll('.images img', message).map(({ alt }) => alt || words('Photo')).join(', ')
}

/** Answers a message, or a part of its text. */
export function reply(message, quote = selectedIn(message)) {
  const composer = openComposer()
  composer.held?.leave()
  composer.answer({
    id: message.dataset.messageId,
    author: message.dataset.author,
    name: find('.author', message).textContent,
    colour: [...find('.bubble', message).classList].find((name) => name.startsWith('colour-')),
    line: quote.replace(/\s+/g, ' ').slice(0, MOST_SHOWN) || lineOf(message),
    quote,
  })
  composer.keep()
  composer.field.focus()
}

function leave() {
  const composer = openComposer()
  composer.answer()
  composer.keep()
  composer.field.focus()
}

/** The name may be of another direction than the sentence. */
function titleOf({ name }) {
  const [before, after] = words('Replying to {name}').split('{name}')
  const element = document.createElement('bdi')
  element.textContent = name
  return [before, element, after]
}

const follow = () => onFirstUse(() => import('./answered.js'))

function show() {
  const composer = openComposer()
  const { reply } = composer ?? {}
  if (reply) follow()
  if (!composer || composer.held) return
  showStrip(reply && {
    icon: 'reply',
    title: titleOf(reply),
    line: reply.line,
    name: words('Do not reply'),
    leave,
  })
}

/** A link to a page with it leads to the same as the act. */
function takeOver(form) {
  const field = find('#strip [name=replyTo]', form)
  if (field) {
    const { pathname } = location
    const original = byID(`message-${field.value}`)
    openComposer().reply = {
      id: field.value,
      author: original?.dataset.author,
      name: find('#strip bdi', form).textContent,
      colour: original ? [...find('.bubble', original).classList].at(-1) : '',
      line: find('#strip .said > span', form).textContent,
      quote: '',
    }
    history.replaceState(history.state, '', pathname)
  }
  show()
}

connect('#composer', takeOver)
listen('answering', show)
if (['draft/', 'outbox/'].some((start) => shared.keys(start)[0])) follow()

// Before the keys that are for the whole page.
document.addEventListener('keydown', (event) => {
  const composer = event.key === 'Escape' && event.target.id === 'text' && !event.isComposing && openComposer()
  if (!composer || !(composer.held ?? composer.reply) || byID('mentions')) return
  event.preventDefault()
  if (composer.held) composer.held.leave()
  else leave()
}, { capture: true })
