// The acts on a message: what they are called, the letter of each, for whom they are, and what they do. The server decides
// anew who may.
import { byID, find } from './page.js'
import { addressOf, change, isAlive, isOwn, mayDelete } from './acting.js'
import { announceNow } from './announcer.js'
import { copyText } from './clipboard.js'
import { edit } from './editing.js'
import { go } from './navigation.js'
import { failure, notice } from './notices.js'
import { chooseReaction } from './reacting.js'
import { reply } from './replying.js'
import { plainTextOf } from './transcript.js'
import './undoing.js'
import { words } from './words.js'

/** So long, in milliseconds, it says that something is copied or marked. */
const SAID = 2000

const rights = () => byID('main').dataset

/** Whether somebody may write here. */
const mayWrite = () => byID('composer')?.checkVisibility()

const isPinned = ({ dataset: { messageId } }) => find(`.pins [data-pinned~="${messageId}"]`) !== null
  || find('.pins a:first-child')?.getAttribute('href') === `/messages/${messageId}`

async function copy(text) {
  if (!await copyText(text)) return failure(words('That did not work. Try again.'))
  notice(words('Copied'), 'notice', SAID)
}

/** In the composer; where there is none, on a page of its own. */
const editHere = (message) => (mayWrite() ? edit(message) : location.assign(`${addressOf(message)}/edit`))

async function pin(message) {
  const wasPinned = isPinned(message)
  await change(message, 'pin')
  if (isPinned(message) !== wasPinned) announceNow(wasPinned ? words('Unpinned') : words('Pinned'))
}

async function markUnread(message) {
  try {
    const { ok } = await fetch(`${addressOf(message)}/unread`, { method: 'POST', headers: { 'HX-Request': 'true' } })
    if (!ok) throw new Error()
    // Here it would be read at once. What reads acts out goes with the conversation.
    await go('/')
    notice(words('Marked unread'), 'notice', SAID)
  } catch {
    failure(words('That did not work. Try again.'))
  }
}

/** In the order in which they stand in the menu; `key` is what a keyboard calls it where that is no letter. */
const acts = () => [
  { id: 'react', name: words('React'), letter: 'E', sign: 'react', run: chooseReaction },
  { id: 'reply', name: words('Reply'), letter: 'R', sign: 'reply', isFor: mayWrite, run: (message, quote) => reply(message, quote) },
  { id: 'copy', name: words('Copy text'), letter: 'C', sign: 'copy', run: (message) => copy(plainTextOf(message)) },
  { id: 'link', name: words('Copy link'), letter: 'L', sign: 'link', run: (message) => copy(location.origin + addressOf(message)) },
  { id: 'edit', name: words('Edit'), letter: 'T', sign: 'edit', isFor: isOwn, run: editHere },
  { id: 'unread', name: words('Mark unread'), letter: 'U', sign: 'unread', isFor: (message) => !isOwn(message), run: markUnread },
  {
    id: 'pin',
    name: words('Pin'),
    nameFor: (message) => (isPinned(message) ? words('Unpin') : words('Pin')),
    letter: 'P',
    sign: 'pin',
    // In a talk of two both may, also before it has begun.
    isFor: () => rights().mayPin || rights().with,
    run: pin,
  },
  { id: 'details', name: words('Details'), letter: 'D', sign: 'details', run: (message) => find('.to-details', message).click() },
  {
    id: 'delete',
    name: words('Delete'),
    letter: words('Del'),
    key: 'Delete',
    sign: 'delete',
    isDanger: true,
    isFor: mayDelete,
    run: (message) => change(message, 'delete', { image: '' }),
  },
]

/** What this person may do with a message, by what they see. */
export const actsFor = (message) => (isAlive(message)
  ? acts().filter(({ isFor = () => true }) => isFor(message))
    .map((act) => ({ ...act, name: act.nameFor?.(message) ?? act.name }))
  : [])
