// Has screen readers say what others write. Many messages at once are only counted.
import { byID, findAll, isVisible } from './page.js'
import { plural, words } from './words.js'

/** So long, in milliseconds, it waits for more messages, and so long what is said stays. */
const GATHERING = 400
const STAYING = 9000
const STAYING_OF_ACTS = 2000
const MOST_READ_OUT = 3

let waiting = []
let timer = 0

function nameOf(part) {
  if (!part.matches('img')) return part.textContent
  return part.alt ? words('Image {description}', { description: part.alt.replace(/^Image /, '') }) : words('Image')
}

/** A message as it is heard. */
export const sentenceOf = (message) => findAll('.author, .images img, .text', message).map(nameOf).filter(Boolean).join(': ')

/** What is said twice in a row is only read out again where it was gone in between. */
function say(sentence, staying) {
  const announcer = byID('announcer')
  if (announcer) announcer.textContent = sentence
  clearTimeout(timer)
  timer = setTimeout(sayWhatWaits, staying)
}

function sayWhatWaits() {
  if (!waiting.length) return byID('announcer')?.replaceChildren()
  const sentence = waiting.length > MOST_READ_OUT
    ? plural('{count} new message', '{count} new messages', waiting.length)
    : waiting.join('. ')
  waiting = []
  say(sentence, STAYING)
}

/** Reads out messages that have just come, where somebody looks at the page. */
export function announce(messages) {
  if (!messages.length || !isVisible()) return
  waiting.push(...messages.map(sentenceOf))
  clearTimeout(timer)
  timer = setTimeout(sayWhatWaits, GATHERING)
}

/** Reads out at once what an act did. Messages that wait to be read out come after it. */
export const announceNow = (sentence) => say(sentence, STAYING_OF_ACTS)
