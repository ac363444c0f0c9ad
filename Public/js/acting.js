// What the acts on a message stand on: whether there is something to do with one, where it is now, and doing it at the server.
import { byID, find, viewer } from './page.js'
import { request } from './requests.js'

export const addressOf = ({ dataset }) => `/messages/${dataset.messageId}`

/** What stands in the place of a message now: a change puts another element there. */
export const again = (message) => byID(message.id) ?? message

/** What opens for a message stands beside its tools, where it has them. */
export const besideOf = (message) => find('.tools', message) ?? find('.bubble', message)

/** Whether there is something to do with a message: none that is on its way, and none that is deleted. */
export const isAlive = (message) => message.isConnected && message.dataset.messageId !== undefined
  && !find('.text > .deleted', message)

export const isOwn = (message) => message.dataset.author === viewer

/** Whether the viewer may delete a message: its author may, and whoever administers the group. */
export const mayDelete = (message) => isOwn(message) || Boolean(byID('main').dataset.administers)

/** Does at the server what changes a message: the answer is put in by what it says itself. */
export function change(message, act, fields = {}, target = `#${message.id}`) {
  const form = document.createElement('form')
  form.setAttribute('hx-post', `${addressOf(message)}/${act}`)
  form.setAttribute('hx-target', target)
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement('input'), { name, value }))
  }
  return request(form)
}
