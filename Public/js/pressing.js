// A finger on a message: a long press opens its sheet, and a move to the side, in the direction in which one reads, answers it.
// Listens to touches.
import { find, listen } from './page.js'
import { actsFor } from './act-list.js'
import { again, isAlive } from './acting.js'
import { create, icon } from './create.js'
import { isMenuOpen } from './menu.js'
import { reply } from './replying.js'
import { openSheet } from './sheet.js'

/** So long, in milliseconds, a press is long. */
const LONG = 500

/** So far, in pixels, a finger may stray; the message follows it at most; and it has to go for that to count. */
const STRAY = 10
const FARTHEST = 64
const ENOUGH = 56

/** How much more it has to go to the side than up or down. */
const SLANT = 1.5

/** From the edges of the screen the browser itself is swiped. */
const EDGE = 24

let touch

function end() {
  if (!touch) return
  clearTimeout(touch.timer)
  const { message, disc } = touch
  message.style.translate = ''
  message.classList.remove('swiped')
  disc?.remove()
  touch = undefined
}

function isScrolledSideways(target) {
  const code = target.closest('pre')
  return code !== null && code.scrollWidth > code.clientWidth
}

/** What is under the finger is not pressed when it goes up. */
function ignoreClick() {
  const controller = new AbortController()
  const { signal } = controller
  document.addEventListener('pointerdown', () => controller.abort(), { capture: true, signal })
  document.addEventListener('click', (event) => {
    event.preventDefault()
    event.stopPropagation()
  }, { capture: true, signal })
}

export function startPress({ pointerType, isPrimary, pointerId, target, clientX: x, clientY: y }) {
  end()
  const message = pointerType === 'touch' && isPrimary && target.closest?.('.messages .message')
  if (!message || !isAlive(message) || target.closest('.reactions')) return
  const maySwipe = x > EDGE && x < innerWidth - EDGE && !isScrolledSideways(target)
    && actsFor(message).some(({ id }) => id === 'reply')
  touch = { message, pointerId, x, y, maySwipe, direction: message.matches(':dir(rtl)') ? -1 : 1 }
  touch.timer = setTimeout(() => {
    end()
    // Meanwhile another element may have come into its place.
    const there = again(message)
    if (!isAlive(there)) return
    ignoreClick()
    openSheet(there)
  }, LONG)
}

/** The arrow in its disc, which grows as the message goes. */
function createDisc() {
  const disc = create('span', { className: 'reply-disc', ariaHidden: 'true' }, icon('reply'))
  touch.message.append(disc)
  touch.message.classList.add('swiped')
  touch.disc = disc
}

/** The message follows the finger to the side. */
export function movePress({ pointerId, clientX, clientY }) {
  if (pointerId !== touch?.pointerId) return
  const across = (clientX - touch.x) * touch.direction
  const down = Math.abs(clientY - touch.y)
  if (!touch.disc) {
    if (Math.abs(across) <= STRAY && down <= STRAY) return
    clearTimeout(touch.timer)
    if (!touch.maySwipe || across < down * SLANT) return end()
    createDisc()
  }
  const distance = Math.max(0, Math.min(across, FARTHEST))
  touch.distance = distance
  touch.message.style.translate = `${distance * touch.direction}px`
  touch.disc.style.scale = String(distance / FARTHEST)
  touch.disc.classList.toggle('counts', distance >= ENOUGH)
}

/** Whatever had begun is over; a message that was moved far enough is answered. */
export function endPress({ type, pointerId }) {
  if (pointerId !== touch?.pointerId) return
  const { message, distance } = touch
  end()
  if (type === 'pointerup' && distance >= ENOUGH) reply(message, '')
}

listen('pointerdown', startPress)
listen('pointermove', movePress)
listen('pointerup pointercancel', endPress)
// A browser's own menu of what is under the finger, or of what has the focus where ours is open. What is to be selected has it.
listen('contextmenu', (event) => {
  if (event.target.closest?.('.to-quote')) return
  if (touch || isMenuOpen() || find('.sheet[open]')) event.preventDefault()
})
