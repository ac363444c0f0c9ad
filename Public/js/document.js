// Fetches whole pages of this site, to take parts of them into the one that is open.
import { expand, toLogin, viewer } from './page.js'

/** This page is of no use any more: the browser is already on its way to another one. */
class Left extends Error {
  name = 'AbortError'
}

/** So long, in milliseconds, a page may take. */
const PATIENCE = 20_000

/**
 * Fetches a page. Asked by a module, it does not count as having been read.
 * @param isOpened somebody opens the page, and reads it
 * @returns the page as a document, the address that it has in the end, and the newest event that it shows
 * @throws where the page does not come; as an AbortError where somebody else is logged in or nobody
 */
export async function fetchPage(address, { signal = AbortSignal.timeout(PATIENCE), isOpened = false } = {}) {
  const headers = isOpened ? {} : { 'HX-Request': 'true', 'HX-Target': 'page' }
  const response = await fetch(address, { headers, signal })
  if (response.status === 401 || new URL(response.url).pathname === '/login') {
    toLogin()
    throw new Left()
  }
  if (!response.ok) throw new Error(String(response.status))
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  if (page.body.dataset.viewer !== viewer) {
    location.reload()
    throw new Left()
  }
  expand(page)
  return { page, address: response.url, event: Number(page.body.dataset.event) }
}
