// Tools over the top end corner of the message at which one is, with the pointer or the focus: reacting, replying, and the menu
// of the rest. There is one set of them, which moves from message to message. A finger has a long press in place of them.
// Listens to the pointer and the focus, to changes of the page, and to the window's size.
import { find, listen } from './page.js'
import { actsFor } from './act-list.js'
import { again, isAlive } from './acting.js'
import { create, icon } from './create.js'
import { closeMenu, isMenuOpen } from './menu.js'
import { openMessageMenu } from './message-menu.js'
import { selectedIn } from './replying.js'
import { words } from './words.js'

/** So far, in pixels, they stand out of the bubble, and in from its end. */
const ABOVE = 28
const INSET = 8

let message

const isTouch = matchMedia('(pointer: coarse)')

function toolOf(name, sign, act) {
  // The keyboard has letters and the menu, so that no message is more than one stop.
  const button = create('button', { type: 'button', tabIndex: -1, ariaLabel: name, title: name }, icon(sign))
  // A press would take what is selected away, which is to be quoted.
  button.onmousedown = (event) => event.preventDefault()
  button.onclick = () => act(again(message), button)
  return button
}

function openMenu(message, button) {
  if (button.ariaExpanded === 'true') return closeMenu()
  openMessageMenu(message, tools, () => { button.ariaExpanded = 'false' })
  button.ariaExpanded = 'true'
}

const act = (id) => (message) => actsFor(message).find((each) => each.id === id)?.run(message, selectedIn(message))

const buttons = {
  react: toolOf(words('React'), 'react', act('react')),
  reply: toolOf(words('Reply'), 'reply', act('reply')),
  menu: toolOf(words('Message options'), 'more', openMenu),
}
buttons.menu.setAttribute('aria-haspopup', 'menu')
buttons.menu.ariaExpanded = 'false'

const tools = create('div', { className: 'tools', role: 'group', ariaLabel: words('Message tools') }, ...Object.values(buttons))

function place() {
  const box = message.getBoundingClientRect()
  const bubble = find('.bubble', message).getBoundingClientRect()
  const end = message.matches(':dir(rtl)')
    ? bubble.left + INSET
    : bubble.right - INSET - tools.offsetWidth
  // Also where the window becomes narrower, as long as it is not placed anew.
  tools.style.left = `clamp(0px, ${end - box.left}px, 100% - ${tools.offsetWidth}px)`
  tools.style.top = `${bubble.top - box.top - ABOVE}px`
}

function show(next) {
  message = next
  if (!next || !isAlive(next)) return tools.remove()
  buttons.reply.hidden = !actsFor(next).some(({ id }) => id === 'reply')
  next.append(tools)
  place()
}

/** By the pointer, or by the focus where that is seen. */
export function lookAt({ type, target, pointerType }) {
  if (isMenuOpen() || pointerType === 'touch' || (isTouch.matches && type === 'focusin')) return
  const next = target.closest?.('.messages .message')
  if (type === 'focusin' && !(next && target.matches(':focus-visible'))) return
  if (next === message && tools.isConnected) return
  show(next ?? undefined)
}

listen('pointerover focusin', lookAt)

listen('resize', () => tools.isConnected && place(), { target: window })

listen('swapped', () => {
  if (!message || tools.isConnected) return
  show(find('.messages .message:is(:hover, :focus-visible)') ?? undefined)
})
