import { all, heed, one, visible } from './page.js'

const { dataset } = document.body
if (!dataset.hours) {
  const { timeZone, hour12 } = Intl.DateTimeFormat([], { hour: 'numeric' }).resolvedOptions()
  dataset.hours = hour12 ? 12 : 24
  navigator.sendBeacon?.('/settings/clock', new URLSearchParams({ guess: 1, timeZone, hours: dataset.hours }))
}

const clock = (date) => dataset.hours === '12'
  ? date.toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true }) : date.toTimeString().slice(0, 5)
const ago = (date) => Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 864e5)

function day(date, options) {
  const days = ago(date)
  if (days === 0 || days === 1) return days ? 'Yesterday' : 'Today'
  const thisYear = date.getFullYear() === new Date().getFullYear()
  return date.toLocaleDateString('en-GB', thisYear ? options : { ...options, year: 'numeric' })
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

heed('swapped', localise)
heed('visibilitychange', () => visible() && localise())
localise()
