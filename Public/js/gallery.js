// The images of the conversation, one at a time over the page. Who may delete a message may delete one of its pictures here.
// One that is deleted, by whomever, is shown no longer: what stood next to it is.
// Listens to the dialog's buttons, to the arrow keys in it, to clicks beside the image, and to changes of the page.
import { byID, connect, find, findAll, listen } from './page.js'
import { again, change, isAlive, mayDelete } from './acting.js'
import { create, icon } from './create.js'
import './undoing.js'
import { words } from './words.js'

/** The link to the image that is shown, the message that it stands in, and all links that were in the page with it. */
let current
let message
let among = []

const dialog = () => byID('gallery')
/** An image needs an address, so that there is none before the first. */
const shown = () => find('img', dialog()) ?? dialog().insertAdjacentElement('afterbegin', new Image())
const links = () => findAll('.images a')

/** The message of the image that is shown, where there is more of it than that. */
function messageOfMore() {
  const isAlone = message && findAll('.images > *', message).length < 2 && !find('.text', message).textContent.trim()
  return message && !isAlone && isAlive(message) ? message : undefined
}

/** Undoing it is offered in the page, so that one is back there. */
function deleteShown() {
  const more = messageOfMore()
  const image = new URL(current.href).pathname.split('/').at(-1)
  dialog().close()
  if (!more) return
  change(again(more), 'delete', { image })
}

/** It stands behind the button that closes, which is the first that one comes to where there is one image alone. */
function createDeletion() {
  const name = words('Delete this picture')
  const button = create('button', { type: 'button', className: 'delete', ariaLabel: name, title: name }, icon('delete'))
  button.onclick = deleteShown
  dialog().append(button)
  return button
}

function offerDeletion() {
  const more = messageOfMore()
  const button = find('.delete', dialog()) ?? createDeletion()
  button.hidden = !more || !mayDelete(more)
}

/** Takes a link for that to the image that is shown. */
function take(link) {
  current = link
  message = link.closest('.messages .message')
  among = links()
  dialog().dataset.of = among.length
  offerDeletion()
  // The button that has the focus may have nothing to do any more.
  if (!document.activeElement.checkVisibility()) find('form button', dialog()).focus()
}

/** Shows the image that a link leads to. */
export function show(link) {
  const { alt } = find('img', link)
  Object.assign(shown(), { src: link.href, alt })
  find('p', dialog()).textContent = alt
  take(link)
  if (!dialog().open) dialog().showModal()
}

/** Shows the one so many further on, and after the last the first. */
function step(by) {
  const all = links()
  if (all.length) show(all.at((all.indexOf(current) + by) % all.length))
}

/** The link to the same image as the page has it now: a change of its message puts another one there. */
const now = (link) => (link.isConnected ? link : links().find(({ href }) => href === link.href))

/** The next one that is still there, or else the one before. */
function neighbour() {
  const at = among.indexOf(current)
  return [...among.slice(at + 1), ...among.slice(0, at).reverse()].map(now).find(Boolean)
}

/** A message that is far from where one reads leaves the page, too: then its image is still shown. */
function look() {
  if (!dialog()?.open) return
  const there = now(current)
  const next = there ?? neighbour()
  if (there) take(there)
  else if (!message || !again(message).isConnected) return
  else if (next) show(next)
  else dialog().close()
}

/** Nothing of an image stays in the page. Where the link that one came by is gone, one is at the message. */
function leave() {
  find('img', dialog())?.remove()
  find('p', dialog()).textContent = ''
  const focus = document.activeElement
  if (focus === document.body || dialog().contains(focus)) (now(current) ?? (message && again(message)))?.focus()
}

const stepOf = (name) => ({ ArrowLeft: -1, ArrowRight: 1 })[name]

connect('#gallery', (element, signal) => {
  listen('keydown', ({ key }) => stepOf(key) && step(stepOf(key)), { target: element, signal })
  listen('click', ({ target }) => {
    if (stepOf(target.value)) step(stepOf(target.value))
    else if (target === element) element.close()
  }, { target: element, signal })
  listen('close', leave, { target: element, signal })
})

listen('swapped', look)
