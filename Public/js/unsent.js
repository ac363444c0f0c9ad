// What was written in this browser and not sent, which goes when one logs out: asks whether it may.
import { listen } from './page.js'
import { shared } from './store.js'
import { parse } from './swap.js'
import { language } from './translations.js'
import { plural, words } from './words.js'

const FRAME = '<dialog class="question"><p id="question"></p><form method="dialog"></form></dialog>'

/** Drafts and messages on their way, of every tab, the oldest first. */
const unsent = () => ['draft/', 'outbox/'].flatMap((start) => shared.keys(start))
  .map((key) => JSON.parse(shared.read(key)))
  .filter(({ text, images }) => text.trim() || images)
  .sort((one, other) => one.at - other.at)

/** Names each of those that they are for once. */
function question(messages) {
  // One that an older version kept does not say for whom it is.
  const names = new Set(messages.map(({ name }) => name ?? words('someone')))
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(names)
  return plural(
    'You have an unsent message to {names}. Log out and lose it?',
    'You have unsent messages to {names}. Log out and lose them?', messages.length, { names: list })
}

const button = (textContent, className, value) => Object.assign(document.createElement('button'), {
  textContent, className, value,
})

/** @returns whether nothing is lost by logging out, or the person said that it may be */
export async function mayLogOut() {
  const messages = unsent()
  if (!messages.length) return true
  const [dialog] = parse(FRAME).children
  const [text, form] = dialog.children
  text.textContent = question(messages)
  form.append(button(words('Stay'), 'button', ''), button(words('Log out'), 'button danger', 'leave'))
  dialog.setAttribute('aria-labelledby', text.id)
  document.body.append(dialog)
  dialog.showModal()
  await new Promise((done) => listen('close', done, { target: dialog }))
  dialog.remove()
  return dialog.returnValue === 'leave'
}
