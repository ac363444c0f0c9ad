// The whole date of a message's time, by the reader's own zone: what the server wrote may be by another.
// Listens to the pointer and the focus coming to one, and begins with the one where they are.
import { find, listen } from './page.js'
import { clock, dateLocale } from './times.js'
import { words } from './words.js'

const FULL = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }

function tell(link) {
  if (!link) return
  const date = new Date(find('time', link).dateTime)
  link.title = words('{day} at {time}', { day: date.toLocaleDateString(dateLocale, FULL), time: clock(date) })
}

listen('pointerover focusin', ({ target }) => tell(target.closest?.('.to-details')))
tell(find('.to-details:is(:hover, :focus)'))
