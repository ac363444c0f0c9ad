// Times by the reader's own zone and clock, and a line where a day begins. The server writes both as well, for pages
// without modules, but cannot always know the zone.
// Listens to what is put into the page, and looks at all of it again when it is shown and when the day or the device's
// zone is another.
import { find, findAll, isVisible, listen } from './page.js'
import { language } from './translations.js'
import { list } from './view.js'
import { words } from './words.js'

const DAY = 864e5
/** So often, in milliseconds, it looks at the clock. */
const LOOK = 10_000
const { dataset } = document.body

/** The server learns what this browser goes by, for pages without modules. */
function tellServer() {
  const { timeZone, hour12 } = Intl.DateTimeFormat([], { hour: 'numeric' }).resolvedOptions()
  dataset.hours = hour12 ? 12 : 24
  navigator.sendBeacon?.('/settings/clock', new URLSearchParams({ guess: 1, timeZone, hours: dataset.hours }))
}

if (!dataset.hours) tellServer()

/** In English days and months stand in the order of Great Britain, and 2:02 pm is written as in Australia. */
export const dateLocale = language === 'en' ? 'en-GB' : language
const clockLocale = language === 'en' && dataset.hours === '12' ? 'en-AU' : dateLocale
const makeClock = () => new Intl.DateTimeFormat(clockLocale, { timeStyle: 'short', hour12: dataset.hours === '12' })
let clockFormat = makeClock()
export const clock = (date) => clockFormat.format(date)

const startOf = (date) => new Date(date).setHours(0, 0, 0, 0)
const daysAgo = (date) => Math.round((startOf(Date.now()) - startOf(date)) / DAY)

function dayName(date, options) {
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric'
  return [words('Today'), words('Yesterday')][daysAgo(date)] ?? date.toLocaleDateString(dateLocale, { ...options, year })
}

function textOf(time) {
  const date = new Date(time.dateTime)
  const days = daysAgo(date)
  if (time.matches('.at') || (time.matches('.when') && days === 0)) return clock(date)
  const name = dayName(date, days > 1 && days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'short' })
  if (time.matches('.when')) return name
  const values = { day: name, time: clock(date) }
  if (days === 0) return words('today at {time}', values)
  return days === 1 ? words('yesterday at {time}', values) : words('{day} at {time}', values)
}

const TIMES = '.at[datetime], .when, [data-format=seen]'

function write(time) {
  const text = textOf(time)
  if (time.textContent !== text) time.textContent = text
}

/** What has a time and stands in order: messages, and lines that tell what happened in a group. */
const ENTRY = '.message, .group-line'

const dateOf = (message) => new Date(find('.at', message).dateTime)

/** The message before, and the day lines between the two. */
function above(message) {
  const lines = []
  let other = message.previousElementSibling
  for (; other && !other.matches(ENTRY); other = other.previousElementSibling) {
    if (other.matches('.day')) lines.push(other)
  }
  return { other, lines }
}

function makeLine(date) {
  const line = document.createElement('p')
  const time = document.createElement('time')
  line.className = 'day'
  time.dateTime = date.toLocaleDateString('sv')
  line.append(time)
  return line
}

/** Has a line stand above a message if it is the first of its day, and none if it is not. */
function settle(message) {
  const date = dateOf(message)
  const { other, lines } = above(message)
  const isFirst = !other || startOf(dateOf(other)) !== startOf(date)
  const line = isFirst ? lines[0] ?? makeLine(date) : undefined
  lines.forEach((each) => each !== line && each.remove())
  if (!line) return
  const time = find('time', line)
  const name = dayName(date, { weekday: 'long', day: 'numeric', month: 'long' })
  time.dateTime = date.toLocaleDateString('sv')
  if (time.textContent !== name) time.textContent = name
  const previous = message.previousElementSibling
  const next = previous?.matches('.new-line') ? previous : message
  if (next.previousElementSibling !== line) next.before(line)
}

const nextMessage = (message) => {
  let next = message?.nextElementSibling
  while (next && !next.matches(ENTRY)) next = next.nextElementSibling
  return next
}

function settleAll(messages) {
  messages.forEach(settle)
  const next = nextMessage(messages.at(-1))
  if (next) settle(next)
}

/** The element itself, where it is one, and all within it. */
const within = (element, selector) => [...(element.matches(selector) ? [element] : []), ...findAll(selector, element)]

function localise(element) {
  within(element, TIMES).forEach(write)
  settleAll(within(element, '.messages :is(.message, .group-line)'))
}

/** What was removed may have left a line at the end, and at the start a message without one. */
function tidy() {
  const messages = list()
  const first = messages && find(ENTRY, messages)
  if (first) settle(first)
  const last = messages?.lastElementChild
  if (last?.matches('.day')) last.remove()
}

/** What all times on the page are told by: the day, and the zone. */
const standard = () => new Date().toDateString() + new Date().getTimezoneOffset()
let told = standard()

/** A timer for midnight would be late by as long as the device slept. */
function look() {
  if (told === standard()) return
  told = standard()
  clockFormat = makeClock()
  localise(document.body)
}

listen('inserted', ({ detail }) => detail.isConnected && localise(detail))
listen('swapped', tidy)
listen('visibilitychange', () => isVisible() && look())
localise(document.body)
setInterval(look, LOOK)
