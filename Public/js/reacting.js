// Reacting to a message: six signs to hand, and a list of all.
import { byID, findAll, listen, viewer } from './page.js'
import { again, besideOf, change, isAlive } from './acting.js'
import { announceNow } from './announcer.js'
import { openMenu } from './menu.js'
import { onFirstUse } from './upgrade.js'
import { words } from './words.js'

/** Those that are to hand, as on the page of a message. */
export const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🎉']

/** How many kinds of this person's stand at a message. */
const countMine = (message) => findAll(`.reaction[data-by~="${viewer}"]`, again(message)).length

export async function react(message, emoji) {
  const before = countMine(message)
  await change(message, 'reactions', { emoji }, `#reactions-${message.dataset.messageId}`)
  const added = countMine(message) - before
  if (added) announceNow(added > 0 ? words('Reacted with {emoji}', { emoji }) : words('Reaction taken back'))
}

/** The list of all, over the composer's place, as long as there is something to react to. */
export async function chooseAnyReaction(message) {
  const module = await onFirstUse(() => import('./emoji-picker.js'))
  if (!module) return
  const picker = new module.EmojiPicker({
    place: (list) => byID('main').append(list),
    take: (emoji) => react(again(message), emoji),
    back: () => again(message).focus({ preventScroll: true }),
  })
  await picker.open()
  if (picker.list) listen('swapped', () => isAlive(again(message)) || picker.leave(), { signal: picker.opened.signal })
}

export function chooseReaction(message) {
  openMenu({
    label: words('React'),
    isRow: true,
    items: [
      ...QUICK.map((emoji) => ({ name: emoji, run: () => react(again(message), emoji) })),
      { name: '', label: words('More emoji'), sign: 'add', run: () => chooseAnyReaction(again(message)) },
    ],
    at: besideOf(message),
    back: () => again(message).focus({ preventScroll: true }),
    isStill: () => isAlive(again(message)),
  })
}
