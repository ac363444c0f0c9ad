import { byID, clone, one, toLogin, viewer } from './page.js'
import { keeping } from './keep.js'
import { apply } from './live.js'
import { attempt, discard, images, keep, waiting } from './outbox.js'
import { parse } from './swap.js'

const { conversation } = byID('main').dataset
const find = (id) => one(`[data-client-id="${id}"]`)
export const drop = (id) => keeping(() => find(id)?.remove())

function create({ id, text, at }) {
  const message = clone('sending-message')
  Object.assign(message.dataset, { author: viewer, clientId: id })
  one('.author', message).textContent = document.body.dataset.viewerName
  one('.text', message).textContent = text
  one('.at', message).dateTime = new Date(at).toISOString()
  one('.images', message).append(...(images.get(id) ?? []).map(({ image }) => image))
  one('.messages').append(message)
  return message
}

export function show(entry, failure) {
  if (entry.conversation !== conversation || !byID('composer')) return
  keeping(() => {
    const message = find(entry.id) ?? create(entry)
    const failed = failure !== undefined
    message.className = 'message ' + (failed ? 'failed' : 'sending')
    const said = failed && parse(failure)
    const state = failed
      ? 'Not sent. ' + (one('.error, main p', said) ?? said).textContent.trim().slice(0, 200) : 'Sending…'
    one('.state', message).textContent = state
    if (failed) byID('announcer').textContent = state
  })
}

export function send(giveBack) {
  for (const each of new Set(waiting().map((entry) => entry.conversation))) sendAll(each, giveBack)
}

const busy = new Set()

async function sendAll(conversation, giveBack) {
  if (busy.has(conversation)) return
  busy.add(conversation)
  const next = () => waiting(conversation).find((entry) => !entry.refused)
  for (let entry = next(); entry; entry = next()) {
    show(entry)
    const { taken, refused, status, html } = await attempt(entry)
    if (status === 401) return toLogin()
    if (taken || refused && giveBack(entry, html)) {
      discard(entry)
      keeping(() => {
        drop(entry.id)
        if (taken) apply([html])
      })
      if (taken && html && entry.until) one('.newer a')?.click()
    } else if (refused) {
      keep(entry, true)
      show(entry, html)
    } else {
      waiting(conversation).forEach((each) => show(each, html))
      break
    }
  }
  busy.delete(conversation)
}
