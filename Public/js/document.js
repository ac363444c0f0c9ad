// Fetches whole pages of this site, to take parts of them into the one that is open.
import { expand, toLogin, viewer } from './page.js'

/** This page is of no use any more: the browser is already on its way to another one. */
class Left extends Error {
  name = 'AbortError'
}

/** So long, in milliseconds, a page may take. */
const PATIENCE = 20_000

/** As the server is asked: a page that a module fetches does not count as having been read. */
const HEADERS = { 'HX-Request': 'true', 'HX-Target': 'page' }

/**
 * Fetches a page.
 * @returns the page as a document, the address that it has in the end, and the newest event that it shows
 * @throws where the page does not come; as an AbortError where somebody else is logged in or nobody
 */
export async function fetchPage(address, signal = AbortSignal.timeout(PATIENCE)) {
  const response = await fetch(address, { headers: HEADERS, signal })
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
