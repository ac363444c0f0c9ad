// What a long press on a message opens: a sheet at the bottom with six reactions and what can be done. A second one shows the
// message's text to be selected, since in its place a finger has other meanings, and quotes a part of it. The rest of the
// page dims, and the message stays lit. Back, Escape and a press outside close it, and so does the message going.
// Listens as long as it is open to presses, to the browser's Back, and to changes of the page.
import { byID, find, findAll, listen } from './page.js'
import { actsFor } from './act-list.js'
import { again, isAlive } from './acting.js'
import { create, icon } from './create.js'
import { chooseAnyReaction, QUICK, react } from './reacting.js'
import { reply, selectedIn } from './replying.js'
import { list, scroller } from './view.js'
import { words } from './words.js'

/** So far, in pixels, the message stays from the sheet. */
const GAP = 12

function rowOf({ name, sign, isDanger }) {
  return create('button', { type: 'button', className: isDanger ? 'danger' : '' }, icon(sign), ' ', create('span', {}, name))
}

/** Where the message is not covered by the sheet: the end of the list is moved, as far as there is room. */
function lift(message, panel) {
  const { top, bottom } = message.getBoundingClientRect()
  const over = bottom + GAP - (innerHeight - panel.offsetHeight)
  const room = top - scroller().getBoundingClientRect().top - GAP
  const distance = Math.max(0, Math.min(over, room))
  list().style.translate = distance ? `0 -${distance}px` : ''
}

/** A hole in what dims the page. */
function light(hole, message) {
  const { left, top, width, height } = find('.bubble', message).getBoundingClientRect()
  Object.assign(hole.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` })
  hole.style.borderRadius = getComputedStyle(find('.bubble', message)).borderRadius
}

/**
 * Opens a sheet for a message.
 * @param fill puts what stands in it into the panel that it is given, with what makes a handler of an act: that closes the
 *   sheet, and does the act once the browser is back where it was
 */
function openPanel(message, label, fill) {
  const controller = new AbortController()
  const { signal } = controller
  const hole = create('div', { className: 'hole' })
  const panel = create('div', { className: 'panel' })
  const dialog = create('dialog', { className: 'sheet', ariaLabel: label }, hole, panel)
  /** What is done once it is closed. */
  let next

  const then = (act) => () => {
    next = act
    dialog.close()
  }
  fill(panel, then)

  // A finger that is still down from the long press is no press outside.
  let isOutside = false
  listen('pointerdown', ({ target }) => { isOutside = target === dialog }, { target: dialog, signal })
  listen('click', ({ target }) => isOutside && target === dialog && dialog.close(), { target: dialog, signal })
  listen('swapped', () => isAlive(again(message)) || dialog.close(), { signal })
  listen('close', () => {
    list()?.style.removeProperty('translate')
    dialog.remove()
    if (history.state?.hasSheet) history.back()
    else end()
  }, { target: dialog })

  function end() {
    controller.abort()
    again(message).focus({ preventScroll: true })
    next?.()
  }

  // Before the modules for which Back is another page or place.
  window.addEventListener('popstate', (event) => {
    event.stopImmediatePropagation()
    if (dialog.open) dialog.close()
    else end()
  }, { capture: true, signal })

  byID('main').append(dialog)
  history.pushState({ ...history.state, hasSheet: true }, '')
  dialog.showModal()
  lift(message, panel)
  light(hole, message)
}

function quickReactions(message, then) {
  const quick = create('div', { className: 'quick', role: 'group', ariaLabel: words('React') })
  for (const emoji of QUICK) {
    quick.append(create('button', { type: 'button', onclick: then(() => react(again(message), emoji)) }, emoji))
  }
  const more = create('button', { type: 'button', className: 'more', ariaLabel: words('More emoji') }, icon('add'))
  more.onclick = then(() => chooseAnyReaction(again(message)))
  quick.append(more)
  return quick
}

/** What stands in the sheet: the acts, and behind the answer that to a part of the text, where there is some. */
function rowsFor(message) {
  const hasText = find('.text', message).textContent.trim() !== ''
  const part = { name: words('Quote a part'), sign: 'reply', run: openText }
  return actsFor(message).filter(({ id }) => id !== 'react').flatMap((act) => (act.id === 'reply' && hasText ? [act, part] : act))
}

export function openSheet(message) {
  openPanel(message, words('Message options'), (panel, then) => {
    panel.append(quickReactions(message, then))
    for (const act of rowsFor(message)) {
      const row = rowOf(act)
      row.onclick = then(() => act.run(again(message)))
      panel.append(row)
    }
  })
}

/** The text of a message, to be selected. With nothing selected all of it is answered. */
function openText(message) {
  openPanel(message, words('Quote a part'), (panel, then) => {
    const text = find('.text', message).cloneNode(true)
    text.classList.add('to-quote')
    Object.assign(text, { tabIndex: 0, role: 'group', ariaLabel: words('Message') })
    // A press here is for the words alone.
    findAll('button', text).forEach((each) => each.remove())
    findAll('a', text).forEach((each) => each.replaceWith(...each.childNodes))

    let chosen = ''
    const button = create('button', { type: 'button', className: 'primary' }, words('Quote'))
    // A browser may take the selection away with the press.
    button.onpointerdown = () => { chosen = selectedIn(message, text) }
    button.onclick = () => {
      const quote = selectedIn(message, text) || chosen
      then(() => reply(again(message), quote))()
    }
    const leave = create('button', { type: 'button', className: 'button', onclick: then() }, words('Cancel'))
    panel.append(
      create('h2', {}, words('Quote a part')),
      create('p', { className: 'quiet' }, words('Press and hold a word, then choose as much of the text as you like.')),
      text,
      create('div', { className: 'actions' }, leave, button),
    )
  })
}
