// A message that has the focus by keyboard: arrows lead to the others, a letter does what the menu says, Enter opens that,
// Z takes a deletion back, and Escape leads back to where one writes. Up in an empty field takes one's last message to be edited.
// Listens to every key, before those that are for the whole page.
import { byID, find, findAll, isModified, viewer } from './page.js'
import { actsFor } from './act-list.js'
import { besideOf, isAlive } from './acting.js'
import { openComposer } from './composer.js'
import { edit } from './editing.js'
import { isMenuOpen } from './menu.js'
import { openMessageMenu } from './message-menu.js'
import { isLive, list } from './view.js'

const STEPS = { ArrowDown: 1, ArrowUp: -1 }

function move(message, key) {
  const messages = findAll('.message', list())
  messages[messages.indexOf(message) + STEPS[key]]?.focus()
  return true
}

function leave() {
  const field = byID('text')
  if (!field?.checkVisibility()) return false
  field.focus()
  return true
}

function run(message, key) {
  const act = actsFor(message).find((each) => (each.key ?? each.letter.toLowerCase()) === (each.key ? key : key.toLowerCase()))
  act?.run(message)
  return act !== undefined
}

/** As long as that is offered, from where the message was. */
function undo(message) {
  const button = find(`#undo-${message.dataset.messageId} button`)
  button?.click()
  return button !== null
}

function pressAt(message, { key, target }) {
  if (STEPS[key]) return move(message, key)
  if (key.toLowerCase() === 'z') return undo(message)
  if (key === 'Escape') return leave()
  if (key === 'ContextMenu' || (key === 'Enter' && target === message)) {
    openMessageMenu(message, besideOf(message))
    return true
  }
  return run(message, key)
}

/** What stands in the field already is written on. */
function editLast() {
  const composer = openComposer()
  if (!composer || composer.held || composer.reply || composer.images || !isLive()) return false
  const last = findAll(`.message[data-author="${viewer}"]`, list()).filter(isAlive).at(-1)
  if (last) edit(last)
  return last !== undefined
}

export function press(event) {
  const { key, target, isComposing } = event
  if (isComposing || event.defaultPrevented || isModified(event) || isMenuOpen()) return
  const message = target.matches?.('.messages :is(.message, .to-details)') && target.closest('.message')
  const isDone = message
    ? pressAt(message, event)
    : target.id === 'text' && !target.value && key === 'ArrowUp' && editLast()
  if (isDone) event.preventDefault()
}

document.addEventListener('keydown', press, { capture: true })
