// Brings one message to the server, trying again where that may help.
import { leaving } from './page.js'
import { outcome } from './outbox.js'
import { onFirstUse } from './upgrade.js'
import { words } from './words.js'

/** So long, in milliseconds, a text may take; images take their time. */
const PATIENCE = 20_000

/** A request may outlive its page with no more than 64 KB; so many characters are surely less. */
const MOST_OUTLIVING = 4000

/** What images need is loaded when there is one. */
export const pictures = () => onFirstUse(() => import('./pictures.js'))

function post({ action, text, id }) {
  return fetch(action, {
    method: 'POST',
    headers: { 'HX-Request': 'true' },
    body: new URLSearchParams({ text, clientId: id }),
    signal: AbortSignal.timeout(PATIENCE),
    keepalive: text.length < MOST_OUTLIVING,
  })
}

/** What the server is not asked for: its pictures are gone, so that it is not the message any more. */
const gone = () => ({
  status: 410, html: words('Its images are gone from this browser. If the message is not above, choose them again.'),
})

async function attempt(entry, onProgress) {
  try {
    const module = entry.images ? await pictures() : undefined
    if (module && !(await module.itemsOf(entry.id)).length) return gone()
    const response = entry.images ? await module.upload(entry, onProgress) : await post(entry)
    const html = await response.text()
    return { status: response.status === 599 ? 0 : response.status, html, retryAfter: response.headers.get('Retry-After') }
  } catch {
    return { status: 0, html: '' }
  }
}

const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds))

/**
 * @param isWanted asked before each try: the message may have been taken back, or sent by another tab
 * @param onProgress told the part of the images that is sent, from 0 to 1
 * @returns `{ result, status, html }`, the result being `taken`, `refused`, `failed` or `unwanted`
 */
export async function deliver(entry, isWanted, onProgress) {
  for (let tries = 1; isWanted() && !leaving.isNow; tries += 1) {
    const answer = await attempt(entry, onProgress)
    const result = outcome({ ...answer, tries, isFragment: answer.html.includes('hx-swap-oob') })
    if (typeof result === 'string') return { ...answer, result }
    if (answer.status === 429) tries = 0
    await pause(result)
  }
  return { result: 'unwanted', html: '' }
}
