import { post, uuid } from './page.js'
import { erase, keys, read, write } from './store.js'

/** Messages the server has not taken yet. Each keeps its clientId, so that trying again doubles nothing. */
const name = ({ conversation, id }) => `outbox/${conversation}/${id}`
const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds))

export const waiting = (conversation = '') => keys('outbox/' + conversation)
  .map((key) => JSON.parse(read(key))).sort((a, b) => a.at - b.at)

export const discard = (entry) => erase(name(entry))
export const keep = (entry, refused) => write(name(entry), JSON.stringify({ ...entry, refused }))

let last = 0

export function add(conversation, action, text) {
  last = Math.max(Date.now(), last + 1)
  const entry = { id: uuid(), conversation, action, text, at: last }
  keep(entry)
  return entry
}

/** What came of it, after three tries at most. */
export async function attempt(entry) {
  for (let tries = 1; ; tries++) {
    let status = 0
    let html = ''
    let wait = tries ** 2
    if (!read(name(entry))) return { taken: true, html }
    try {
      const response = await post(entry.action, { text: entry.text, clientId: entry.id }, {
        signal: AbortSignal.timeout(20_000),
        // Goes out even if the page is left; up to 64 KB.
        keepalive: entry.text.length < 4000,
      })
      status = response.status
      html = await response.text()
      if (status === 429) {
        wait = Math.min(Number(response.headers.get('Retry-After')) || 5, 60)
        tries = 0
      }
    } catch {}
    const taken = status === 200 && html.includes('hx-swap-oob')
    const refused = status >= 400 && status < 500 && tries
    if (taken || refused || tries === 3) return { taken, refused, status, html }
    await pause(wait)
  }
}
