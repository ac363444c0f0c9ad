// The images of the conversation, one at a time over the page. Who may delete a message may delete one of its pictures here.
// Listens to the dialog's buttons, to the arrow keys in it, and to clicks beside the image.
import { byID, connect, find, findAll, listen } from './page.js'
import { again, change, isAlive, mayDelete } from './acting.js'
import { create, icon } from './create.js'
import { words } from './words.js'

let current

const dialog = () => byID('gallery')
/** An image needs an address, so that there is none before the first. */
const shown = () => find('img', dialog()) ?? dialog().insertAdjacentElement('afterbegin', new Image())
const links = () => findAll('.images a')

/** The message of the image that is shown, where there is more of it than that. */
function messageOfMore() {
  const message = current.closest('.messages .message')
  const isAlone = message && findAll('.images > *', message).length < 2 && !find('.text', message).textContent.trim()
  return message && !isAlone && isAlive(message) ? message : undefined
}

/** Undoing it is offered in the page, so that one is back there. */
function deleteShown() {
  const message = messageOfMore()
  const image = new URL(current.href).pathname.split('/').at(-1)
  dialog().close()
  if (!message) return
  change(again(message), 'delete', { image })
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
  const message = messageOfMore()
  const button = find('.delete', dialog()) ?? createDeletion()
  button.hidden = !message || !mayDelete(message)
}

/** Shows the image that a link leads to. */
export function show(link) {
  const { alt } = find('img', link)
  current = link
  Object.assign(shown(), { src: link.href, alt })
  find('p', dialog()).textContent = alt
  dialog().dataset.of = links().length
  offerDeletion()
  if (!dialog().open) dialog().showModal()
}

/** Shows the one so many further on, and after the last the first. */
function step(by) {
  const all = links()
  if (all.length) show(all.at((all.indexOf(current) + by) % all.length))
}

const stepOf = (name) => ({ ArrowLeft: -1, ArrowRight: 1 })[name]

connect('#gallery', (element, signal) => {
  listen('keydown', ({ key }) => stepOf(key) && step(stepOf(key)), { target: element, signal })
  listen('click', ({ target }) => {
    if (stepOf(target.value)) step(stepOf(target.value))
    else if (target === element) element.close()
  }, { target: element, signal })
})
