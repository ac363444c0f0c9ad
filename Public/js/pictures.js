// What pictures need, loaded when there is the first: choosing, scaling, sending, and showing them before they are sent.
import { Attachments, keyFor } from './attachments.js'
import { fieldsOf } from './delivery.js'
import { filesOf, removeFiles, removeOthers } from './files.js'
import { byID } from './page.js'
import { fit } from './picture.js'
import { shared } from './store.js'
import { words } from './words.js'

const TIMEOUT = 600_000
const PORTRAIT_SIDE = 512
const requests = new Map()

/** The pictures beside a composer's text. */
export const openAttachments = (form, options) => new Attachments(form, options)

/** The pictures of a message on its way. */
export const itemsOf = (id) => filesOf(keyFor(id))

/** A file, to be shown in the page. */
function pictureOf(file, { width, height, alt }) {
  const image = Object.assign(new Image(width, height), { alt, src: URL.createObjectURL(file) })
  image.onload = () => URL.revokeObjectURL(image.src)
  return image
}

/** The pictures of a message on its way, to be shown in it. */
export async function previews(id) {
  return (await itemsOf(id)).map((item) => pictureOf(item.file, { ...item, alt: item.alt || item.file.name }))
}

/** A message is sent or taken back: its pictures are needed no more. */
export function forget(id) {
  requests.get(id)?.abort()
  removeFiles(keyFor(id))
}

/** One tab at a time sends a message's pictures, where the browser can see to it; another one waits a little. */
async function alone(id, act) {
  const signal = AbortSignal.timeout(15_000)
  try {
    return await navigator.locks.request(`nextalk-upload-${id}`, { signal }, act)
  } catch (error) {
    if (navigator.locks && !signal.aborted) throw error
    return act()
  }
}

/** What the server is not asked for: its pictures are gone, so that it is not the message any more. */
const gone = () => new Response(
  words('Its images are no longer in this browser. If you do not see the message above, choose them again.'),
  { status: 410 },
)

/**
 * Sends a message with its pictures. `fetch` does not tell how far it is.
 * @param onProgress told the part that is sent, from 0 to 1
 */
export async function upload(entry, onProgress) {
  // Before it waits for another tab, which forgets them once they are sent.
  if (!(await itemsOf(entry.id)).length) return gone()
  return alone(entry.id, () => post(entry, onProgress))
}

async function post(entry, onProgress) {
  const items = await itemsOf(entry.id)
  const body = new FormData()
  for (const [name, value] of fieldsOf(entry)) body.append(name, value)
  for (const { file, alt } of items) {
    body.append('alt', alt)
    body.append('images', file)
  }
  return send(entry, body, onProgress)
}

const send = ({ id, action }, body, onProgress) => new Promise((done) => {
  const request = new XMLHttpRequest()
  requests.set(id, request)
  request.open('POST', action)
  request.setRequestHeader('HX-Request', 'true')
  request.timeout = TIMEOUT
  request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total)
  request.onloadend = () => {
    requests.delete(id)
    done(new Response(request.response, {
      // One without an answer has no status, which a response cannot have.
      status: request.status || 599,
      headers: { 'Retry-After': request.getResponseHeader('Retry-After') ?? '' },
    }))
  }
  request.send(body)
})

/** Has a file field hold the picture as it will be shown: as it came from a camera the server may refuse it. */
async function cutPortrait(field) {
  const { file } = await fit(field.files[0], PORTRAIT_SIDE, true)
  const chosen = new DataTransfer()
  chosen.items.add(file)
  field.files = chosen.files
  return file
}

/** Cuts the picture of a profile, and shows it before it is saved. */
export async function showPortrait(field) {
  try {
    const image = pictureOf(await cutPortrait(field), { alt: '' })
    byID('portrait').replaceChildren(image)
  } catch {
    // The server says what is wrong with it.
  }
}

/** Pictures of messages and drafts that are not there any more. */
const isWanted = (key) => (key.startsWith('draft/')
  ? shared.read(key) !== ''
  : shared.keys('outbox/').some((other) => other.endsWith(key.slice('outbox'.length))))

removeOthers(isWanted)
