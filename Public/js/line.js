// Whether the server can be reached. After a while without it a line says so, when it is tried again, and lets one try
// at once; nobody shows as online meanwhile, and forms that would lead to the browser's own error page are not sent.
// Listens to the page being shown, and to forms being sent.
import { isVisible, listen, tell } from './page.js'
import { clearNotices, failure, notice } from './notices.js'
import { words } from './words.js'

/** So long, in milliseconds, it may take to come back before anything is said. */
const PATIENCE = 5000
const SECOND = 1000

let patience = 0
let timer = 0
let line
let countdown
/** When it is tried the next time; in the past while it is being tried. */
let next = 0

export const isDown = () => line !== undefined

function count() {
  const seconds = Math.ceil((next - Date.now()) / SECOND)
  countdown.textContent = seconds > 0 ? words('Next try in {seconds} s', { seconds }) : ''
}

function show() {
  line = notice(words('Reconnecting…'), 'reconnecting')
  document.body.dataset.line = 'down'
  // Screen readers are not to read out every second.
  countdown = document.createElement('span')
  countdown.ariaHidden = 'true'
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = words('Try now')
  button.onclick = () => tell('retry')
  line.append(countdown, button)
  timer = setInterval(count, SECOND)
  count()
}

/** @param time of the next try, where the server cannot be reached */
export function setLine(isUp, time = 0) {
  next = time
  if (!isUp) {
    patience ||= setTimeout(show, PATIENCE)
    if (line) count()
    return
  }
  clearTimeout(patience)
  clearInterval(timer)
  line?.remove()
  line = undefined
  patience = 0
  delete document.body.dataset.line
}

/** Says that something asked for cannot be had now, and has the server tried at once. */
export function failForNow() {
  clearNotices()
  failure(isDown()
    ? words('Nextalk cannot be reached at the moment. Try again soon.')
    : words('That did not work. Try again.'))
  tell('retry')
}

listen('visibilitychange', () => patience && isVisible() && tell('retry'))

document.addEventListener('submit', (event) => {
  if (!isDown() || event.target.matches('#composer, [hx-get], [hx-post], [method=dialog]')) return
  event.preventDefault()
  event.stopImmediatePropagation()
  failForNow()
}, { capture: true })
