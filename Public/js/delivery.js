// Brings one message to the server, trying again where that may help.
import { leaving } from './page.js'
import { outcome } from './outbox.js'
import { onFirstUse } from './upgrade.js'

/** So long, in milliseconds, a text may take; images take their time. */
const PATIENCE = 20_000

/** A request may outlive its page with no more than 64 KB; so many characters are surely less. */
const MOST_OUTLIVING = 4000

/** What images need is loaded when there is one. */
export const pictures = () => onFirstUse(() => import('./pictures.js'))

/** What the form of a message holds besides images, as names and values. */
export const fieldsOf = ({ text, id, chosen = [], reply }) => [
  ['text', text], ['clientId', id], ...chosen.map((person) => ['mention', person.id]),
  ...(reply ? [['replyTo', reply.id], ['quote', reply.quote]] : []),
]

function post(entry) {
  return fetch(entry.action, {
    method: 'POST',
    headers: { 'HX-Request': 'true' },
    body: new URLSearchParams(fieldsOf(entry)),
    signal: AbortSignal.timeout(PATIENCE),
    keepalive: entry.text.length < MOST_OUTLIVING,
  })
}

async function attempt(entry, onProgress) {
  try {
    const response = entry.images ? await (await pictures()).upload(entry, onProgress) : await post(entry)
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
