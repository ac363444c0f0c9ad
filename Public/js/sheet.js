// What a long press on a message opens: a sheet at the bottom with six reactions and what can be done. The rest of the page
// dims, and the message stays lit. Back, Escape and a press outside close it.
// Listens as long as it is open to presses, and to the browser's Back.
import { byID, find, listen } from './page.js'
import { actsFor } from './act-list.js'
import { again } from './acting.js'
import { create, icon } from './create.js'
import { chooseAnyReaction, QUICK, react } from './reacting.js'
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

export function openSheet(message) {
  const controller = new AbortController()
  const { signal } = controller
  const hole = create('div', { className: 'hole' })
  const panel = create('div', { className: 'panel' })
  const dialog = create('dialog', { className: 'sheet', ariaLabel: words('Message options') }, hole, panel)
  /** What is done once it is closed, when the browser is back where it was. */
  let next

  const then = (act) => () => {
    next = act
    dialog.close()
  }
  const quick = create('div', { className: 'quick', role: 'group', ariaLabel: words('React') })
  for (const emoji of QUICK) {
    quick.append(create('button', { type: 'button', onclick: then(() => react(again(message), emoji)) }, emoji))
  }
  const more = create('button', { type: 'button', className: 'more', ariaLabel: words('More emoji') }, icon('add'))
  more.onclick = then(() => chooseAnyReaction(again(message)))
  quick.append(more)
  panel.append(quick)
  for (const act of actsFor(message).filter(({ id }) => id !== 'react')) {
    const row = rowOf(act)
    row.onclick = then(() => act.run(again(message)))
    panel.append(row)
  }

  // A finger that is still down from the long press is no press outside.
  let isOutside = false
  listen('pointerdown', ({ target }) => { isOutside = target === dialog }, { target: dialog, signal })
  listen('click', ({ target }) => isOutside && target === dialog && dialog.close(), { target: dialog, signal })
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
