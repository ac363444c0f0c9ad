// The menu of a message, with what this person may do with it.
import { actsFor } from './act-list.js'
import { again, isAlive } from './acting.js'
import { openMenu } from './menu.js'
import { selectedIn } from './replying.js'
import { words } from './words.js'

/** @param at what it stands beside */
export function openMessageMenu(message, at, changed) {
  const items = actsFor(message)
  if (!items.length) return
  const quote = selectedIn(message)
  openMenu({
    label: words('Message options'),
    items: items.map((act) => ({ ...act, run: () => act.run(again(message), quote) })),
    at,
    back: () => again(message).focus({ preventScroll: true }),
    isStill: () => isAlive(again(message)),
    changed,
  })
}
