// What is done with messages is loaded when one comes to one of them: with the pointer, a finger or the focus, or by Up in an
// empty field, which takes one's last message.
// Listens to those until it is there, and hands it what happened meanwhile.
import { listen } from './page.js'
import { onFirstUse } from './upgrade.js'

const waiting = []
const controller = new AbortController()

const isFirst = ({ type, key, target }) => (type === 'keydown' && target.id === 'text'
  ? key === 'ArrowUp' && !target.value
  : type !== 'pointermove' && target.closest?.('.messages .message'))

async function begin(event) {
  if (!waiting.length && !isFirst(event)) return
  waiting.push(event)
  if (waiting.length > 1) return
  const module = await onFirstUse(() => import('./acts.js'))
  const events = waiting.splice(0)
  if (!module) return
  controller.abort()
  events.forEach(module.begin)
}

listen('pointerover pointerdown pointermove pointerup pointercancel focusin keydown', begin, { signal: controller.signal })
