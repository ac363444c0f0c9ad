// The images of the conversation, one at a time over the page.
// Listens to the dialog's buttons, to the arrow keys in it, and to clicks beside the image.
import { byID, connect, find, findAll, listen } from './page.js'

let current

const dialog = () => byID('gallery')
/** An image needs an address, so that there is none before the first. */
const shown = () => find('img', dialog()) ?? dialog().insertAdjacentElement('afterbegin', new Image())
const links = () => findAll('.images a')

/** Shows the image that a link leads to. */
export function show(link) {
  const { alt } = find('img', link)
  current = link
  Object.assign(shown(), { src: link.href, alt })
  find('p', dialog()).textContent = alt
  dialog().dataset.of = links().length
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
