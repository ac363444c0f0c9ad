// What pictures need, loaded when there is the first: choosing, scaling, sending, and showing them before they are sent.
import { Attachments, keyFor } from './attachments.js'
import { filesOf, removeFiles, removeOthers } from './files.js'
import { fit } from './picture.js'
import { shared } from './store.js'

const TIMEOUT = 600_000
const PORTRAIT_SIDE = 512
const requests = new Map()

/** The pictures beside a composer's text. */
export const openAttachments = (form, options) => new Attachments(form, options)

/** The pictures of a message on its way. */
export const itemsOf = (id) => filesOf(keyFor(id))

/** The same, to be shown in it. */
export async function previews(id) {
  return (await itemsOf(id)).map(({ file, width, height, alt }) => {
    const image = Object.assign(new Image(width, height), { alt: alt || file.name, src: URL.createObjectURL(file) })
    image.onload = () => URL.revokeObjectURL(image.src)
    return image
  })
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

/**
 * Sends a message with its pictures. `fetch` does not tell how far it is.
 * @param onProgress told the part that is sent, from 0 to 1
 */
export const upload = (entry, onProgress) => alone(entry.id, async () => {
  const items = await itemsOf(entry.id)
  const body = new FormData()
  body.append('text', entry.text)
  body.append('clientId', entry.id)
  for (const { file, alt } of items) {
    body.append('alt', alt)
    body.append('images', file)
  }
  return send(entry, body, onProgress)
})

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
export async function cutPortrait(field) {
  const { file } = await fit(field.files[0], PORTRAIT_SIDE, true)
  const chosen = new DataTransfer()
  chosen.items.add(file)
  field.files = chosen.files
  return file
}

/** Pictures of messages and drafts that are not there any more. */
const isWanted = (key) => (key.startsWith('draft/')
  ? shared.read(key) !== ''
  : shared.keys('outbox/').some((other) => other.endsWith(key.slice('outbox'.length))))

removeOthers(isWanted)
