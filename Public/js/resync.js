// Brings the page up to date as a whole, where there was too much to put in event by event.
import { byID, find, tell } from './page.js'
import { fetchPage } from './document.js'
import { isOfThis, takeList } from './history.js'
import { isAtEnd, isLive, keeping, list, firstInView } from './view.js'

/** What is taken besides the messages: its attributes, and where it says so its content. */
const PARTS = [
  { selector: '#main', hasContent: false },
  { selector: '#rows', hasContent: true },
  { selector: '#online-count', hasContent: true },
  { selector: '.heading', hasContent: true },
]

/** This page; where one reads older messages, the stretch around those; and the list as it was asked for. */
function addressNow() {
  const address = new URL(location)
  const form = byID('find-form')
  if (form) new FormData(form).forEach((value, name) => address.searchParams.set(name, value))
  const message = list() && !(isLive() && isAtEnd()) ? firstInView()?.dataset.messageId : undefined
  if (message) {
    address.searchParams.delete('before')
    address.searchParams.set('around', message)
  }
  return address
}

/** @returns the newest event that the page shows now; nothing where it did not come. */
export async function resync() {
  try {
    const { page, event } = await fetchPage(addressNow())
    // One went to another conversation meanwhile.
    if (!isOfThis(page)) return undefined
    keeping(() => PARTS.forEach((part) => take(part, page)))
    takeList(page)
    tell('resynced')
    return event
  } catch {
    return undefined
  }
}

function take({ selector, hasContent }, page) {
  const [old, fresh] = [find(selector), find(selector, page)]
  if (!old || !fresh) return
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value)
  if (!hasContent) return
  old.replaceChildren(...fresh.childNodes)
  tell('inserted', old)
}
