// Taking a deletion back: one is at the message then, and hears that it is back.
// Listens to the forms that the server offers that with being sent.
import { byID, find, findAll } from './page.js'
import { isAlive } from './acting.js'
import { announceNow } from './announcer.js'
import { request } from './requests.js'
import { words } from './words.js'

const messageOf = ({ id }) => byID(id.replace('undo', 'message'))

/** How much of a message is there: one for itself, and one for each picture. */
const partsOf = (message) => (message && isAlive(message) ? 1 + findAll('.images > *', message).length : 0)

/** The form goes with the answer or in time, and stays where that is no. */
async function undo(form) {
  const before = partsOf(messageOf(form))
  const hadFocus = form.contains(document.activeElement)
  // What one looks at stays, for who has a pointer.
  const preventScroll = !find(':focus-visible', form)
  await request(form)
  const message = messageOf(form)
  if (form.isConnected || (message && partsOf(message) <= before)) return
  if (hadFocus) (message ?? byID('text'))?.focus({ preventScroll })
  announceNow(before ? words('Picture is back') : words('Message is back'))
}

// Before the module for all forms, for which this one is under way then.
document.addEventListener('submit', ({ target }) => target.matches('.undo') && undo(target), { capture: true })
