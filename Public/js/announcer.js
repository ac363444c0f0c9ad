// Has screen readers say what others write. Many messages at once are only counted.
import { byID, findAll, isVisible } from './page.js'
import { plural, words } from './words.js'

/** So long, in milliseconds, it waits for more, and so long the text stays. */
const GATHERING = 400
const STAYING = 9000
const MOST_READ_OUT = 3

let waiting = []
let timer = 0

function nameOf(part) {
  if (!part.matches('img')) return part.textContent
  return part.alt ? words('Image {description}', { description: part.alt.replace(/^Image /, '') }) : words('Image')
}

/** A message as it is heard. */
export const sentenceOf = (message) => findAll('.author, .images img, .text', message).map(nameOf).filter(Boolean).join(': ')

function say() {
  const announcer = byID('announcer')
  if (announcer) announcer.textContent = waiting.length > MOST_READ_OUT
    ? plural('{count} new message', '{count} new messages', waiting.length)
    : waiting.join('. ')
  waiting = []
  timer = setTimeout(() => byID('announcer')?.replaceChildren(), STAYING)
}

/** Reads out messages that have just come, where somebody looks at the page. */
export function announce(messages) {
  if (!messages.length || !isVisible()) return
  waiting.push(...messages.map(sentenceOf))
  clearTimeout(timer)
  timer = setTimeout(say, GATHERING)
}

/** Reads out a sentence at once. */
export function announceNow(sentence) {
  const announcer = byID('announcer')
  if (announcer) announcer.textContent = sentence
}
