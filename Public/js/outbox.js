import { heed, one, post, uuid } from './page.js'
import { erase, keys, read, write } from './store.js'

// The id stays, so that trying again doubles nothing.
const name = ({ conversation, id }) => `outbox/${conversation}/${id}`

export const images = new Map()
const isHere = ({ id, until }) => !until || images.has(id)

const kept = (conversation = '') => keys('outbox/' + (conversation && conversation + '/'))
  .map((key) => JSON.parse(read(key))).sort((a, b) => a.at - b.at)

export const waiting = (conversation) => kept(conversation).filter(isHere)

export const lost = (conversation) => kept(conversation).filter((entry) => !isHere(entry) && entry.until < Date.now())

export function discard(entry) {
  erase(name(entry))
  images.delete(entry.id)
}

export const keep = (entry, refused) => write(name(entry), JSON.stringify({ ...entry, refused }))

let last = 0

export function add(conversation, action, text, items) {
  last = Math.max(Date.now(), last + 1)
  const entry = { id: uuid(), conversation, action, text, at: last }
  if (items.length) {
    images.set(entry.id, items)
    // A page may end without a word.
    entry.until = last + 36e5
  }
  keep(entry)
  return entry
}

heed('pagehide', () => waiting().forEach((entry) => entry.until && keep({ ...entry, until: 1 }, entry.refused)), window)

// Fetch does not say how far it is.
const upload = ({ id, action, text }) => new Promise((done) => {
  const request = new XMLHttpRequest()
  const body = new FormData()
  body.append('text', text)
  body.append('clientId', id)
  const items = images.get(id)
  items.request = request
  for (const item of items) {
    body.append('alt', one('input', item).value)
    body.append('images', item.file)
  }
  request.open('POST', action)
  request.setRequestHeader('HX-Request', 'true')
  request.timeout = 600_000
  request.upload.onprogress = ({ loaded, total }) =>
    one(`[data-client-id="${id}"] progress`)?.setAttribute('value', loaded / total)
  request.onloadend = () => done(new Response(request.response, {
    status: request.status || 503,
    headers: { 'Retry-After': request.getResponseHeader('Retry-After') },
  }))
  request.send(body)
})

export async function attempt(entry) {
  for (let tries = 1; ; tries++) {
    let status = 0
    let html = ''
    let wait = tries ** 2
    if (!read(name(entry))) return { taken: true, html }
    try {
      const response = entry.until ? await upload(entry) : await post(entry.action, { text: entry.text, clientId: entry.id }, {
        signal: AbortSignal.timeout(20_000),
        // It outlives the page, up to 64 KB.
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
    await new Promise((done) => setTimeout(done, 1000 * wait))
  }
}
