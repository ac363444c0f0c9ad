// Short lines at the edge of the page, which screen readers read out.
// Listens to lines that the server sends, which go again by themselves.
import { byID, findAll, listen } from './page.js'

const STAYING = 8000

/** So long the server lets a deletion be undone. */
const UNDOABLE = 10_000

/**
 * Shows a line until it is removed, or for so many milliseconds.
 * @returns the line; nothing where the page has no place for one.
 */
export function notice(text, className, milliseconds) {
  const line = document.createElement('p')
  line.className = className
  line.textContent = text
  byID('notices')?.append(line)
  if (milliseconds) setTimeout(() => line.remove(), milliseconds)
  return line
}

/** What was said of something done before makes room for what comes next. */
export const clearNotices = () => findAll('.notices > p.notice').forEach((line) => line.remove())

/** Says that what was asked for did not come. */
export const failure = (text) => notice(text, 'notice danger', STAYING)

listen('inserted', ({ detail }) => {
  if (detail.matches('.notices > .notice')) setTimeout(() => detail.remove(), detail.matches('.undo') ? UNDOABLE : STAYING)
})
