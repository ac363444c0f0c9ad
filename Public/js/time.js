import { all, heed, one } from './page.js'

const { dataset } = document.body
if (!dataset.hours) {
  const { timeZone, hour12 } = Intl.DateTimeFormat([], { hour: 'numeric' }).resolvedOptions()
  dataset.hours = hour12 ? 12 : 24
  navigator.sendBeacon?.('/settings/clock', new URLSearchParams({ guess: 1, timeZone, hours: dataset.hours }))
}

const clock = (date) => date.toLocaleTimeString(dataset.hours === '12' ? 'en-AU' : 'en-GB', { timeStyle: 'short' })
const ago = (date) => Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 864e5)

function day(date, options) {
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric'
  return ['Today', 'Yesterday'][ago(date)] ?? date.toLocaleDateString('en-GB', { ...options, year })
}

function words(time) {
  const date = new Date(time.dateTime)
  const days = ago(date)
  if (time.matches('.at') || time.matches('.when') && !days) return clock(date)
  const name = day(date, days > 1 && days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'short' })
  if (time.matches('.when')) return name
  return `${days < 2 ? name.toLowerCase() : name} at ${clock(date)}`
}

function localise() {
  for (const time of all('.at[datetime], .when, [data-format=seen]')) {
    const text = words(time)
    if (time.textContent !== text) time.textContent = text
  }
  all('.messages .day').forEach((line) => line.remove())
  let last
  for (const message of all('.messages .message')) {
    const date = new Date(one('.at', message).dateTime)
    if (date.toDateString() === last) continue
    last = date.toDateString()
    const name = day(date, { weekday: 'long', day: 'numeric', month: 'long' })
    const above = message.previousElementSibling
    const next = above?.matches('.new-line') ? above : message
    next.insertAdjacentHTML('beforebegin',
      `<p class="day"><time datetime="${date.toLocaleDateString('sv')}">${name}</time></p>`)
  }
}

heed('swapped visibilitychange', localise)
localise()
