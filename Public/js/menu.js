// A menu that floats beside what opened it: a list, or a row of signs. Arrows, Home and End lead through it, a letter does
// what it stands at, Escape and Tab close it. A press elsewhere closes it, too, and so does what it is about going.
// Listens as long as it is open to keys and presses everywhere, to changes of the page and of its size.
import { byID, isModified, listen } from './page.js'
import { create, icon } from './create.js'

/** So far, in pixels, it stays from the edges of the view, and from what opened it. */
const MARGIN = 8
const BESIDE = 12

let opened

function itemOf({ name, label, letter, key, sign, isDanger }) {
  const item = create('button', { type: 'button', role: 'menuitem', tabIndex: -1, className: isDanger ? 'danger' : '' })
  if (label) Object.assign(item, { ariaLabel: label, title: label })
  if (sign) item.append(icon(sign), ' ')
  item.append(create('span', {}, name))
  if (letter) item.append(create('kbd', { ariaHidden: 'true' }, letter))
  if (letter) item.setAttribute('aria-keyshortcuts', key ?? letter)
  return item
}

/** Within the view, beside what opened it where there is room. */
function place(menu, { left, right, top, bottom }, isRow) {
  const { offsetWidth: width, offsetHeight: height } = menu
  const [across, down] = [innerWidth - width - MARGIN, innerHeight - height - MARGIN]
  const clamp = (value, most) => Math.max(MARGIN, Math.min(value, most))
  const beside = right + BESIDE <= across ? right + BESIDE : left - width - BESIDE
  const x = isRow ? right - width : beside
  const y = isRow ? bottom + MARGIN : top
  menu.style.left = `${clamp(x, across)}px`
  menu.style.top = `${clamp(y, down)}px`
}

/**
 * @param items `{ name, label, letter, key, sign, isDanger, run }` each
 * @param at the element that it stands beside
 * @param back gives the focus back to where one was
 * @param isStill whether there is still something to do with it, asked at each change of the page
 * @param changed called when it is closed
 */
export function openMenu({ label, items, at, back, isRow = false, isStill = () => true, changed = () => {} }) {
  closeMenu()
  const controller = new AbortController()
  const { signal } = controller
  const menu = create('div', { className: isRow ? 'menu across' : 'menu', role: 'menu', ariaLabel: label }, ...items.map(itemOf))
  menu.ariaOrientation = isRow ? 'horizontal' : 'vertical'
  const buttons = [...menu.children]

  function close() {
    controller.abort()
    menu.remove()
    opened = undefined
    changed()
  }

  function choose(item) {
    close()
    back()
    item.run()
  }

  function step(key) {
    const at = buttons.indexOf(document.activeElement)
    const isMirrored = menu.matches(':dir(rtl)')
    const steps = { ArrowDown: 1, ArrowUp: -1, ArrowRight: isMirrored ? -1 : 1, ArrowLeft: isMirrored ? 1 : -1 }
    const isHorizontal = key === 'ArrowLeft' || key === 'ArrowRight'
    if (key === 'Home') return buttons[0]
    if (key === 'End') return buttons.at(-1)
    if (!steps[key] || isHorizontal !== isRow) return undefined
    return buttons[(at + steps[key] + buttons.length) % buttons.length]
  }

  function press(event) {
    const { key, isComposing } = event
    if (isComposing) return
    if (key === 'Escape' || key === 'Tab') {
      close()
      back()
      // Tab goes on from there.
      if (key === 'Escape') event.preventDefault()
      event.stopPropagation()
      return
    }
    const next = step(key)
    const isMeant = (each) => (each.key ? each.key === key : each.letter?.toLowerCase() === key.toLowerCase())
    const item = !isModified(event) && items.find(isMeant)
    if (next) next.focus()
    else if (item) choose(item)
    if (next || item || key.startsWith('Arrow')) event.preventDefault()
    event.stopPropagation()
  }

  buttons.forEach((button, index) => listen('click', () => choose(items[index]), { target: button, signal }))
  listen('pointerover', ({ target }) => target.closest('[role=menuitem]')?.focus(), { target: menu, signal })
  document.addEventListener('keydown', press, { capture: true, signal })
  document.addEventListener('pointerdown', ({ target }) => menu.contains(target) || close(), { capture: true, signal })
  listen('swapped', () => isStill() || close(), { signal })
  const settle = () => place(menu, at.getBoundingClientRect(), isRow)
  listen('resize', settle, { target: window, signal })
  byID('main').append(menu)
  settle()
  buttons[0].focus({ preventScroll: true })
  opened = close
}

export const closeMenu = () => opened?.()

/** Whether one is open. */
export const isMenuOpen = () => opened !== undefined
