// Tells the others that this person is typing, now and then, and shows of others that they are, for as long as that is news.
// Listens to what is typed, and to what comes into the page.
import { connect, find, findAll, listen } from './page.js'
import { isDown } from './line.js'

/** So often, in milliseconds, it is told at most, and so long it is shown. */
const PAUSE = 3000
const NEWS = 6000

/** A note may be slower than the message that it was about, by so many milliseconds. */
const LATE = 1000

const timers = new WeakMap()

/** Whose message came last, and when. */
let author
let came = 0

connect('#text', (field, signal) => {
  let told = 0
  listen('input', async () => {
    if (!field.value.trim() || field.form.matches('.editing') || isDown() || Date.now() - told < PAUSE) return
    told = Date.now()
    const address = field.form.action.replace(/messages$/, 'typing')
    try {
      await fetch(address, { method: 'POST', headers: { 'HX-Request': 'true' } })
    } catch {
      // Where it does not get through, nobody misses it.
    }
  }, { target: field, signal })
})

listen('inserted', ({ detail: element }) => {
  if (element.matches('.typing')) {
    if (find('[data-typist]', element)?.dataset.typist === author && Date.now() - came < LATE) return element.replaceChildren()
    clearTimeout(timers.get(element))
    timers.set(element, setTimeout(() => element.replaceChildren(), NEWS))
  }
  // What was being typed is here.
  if (!element.matches('.message')) return
  author = element.dataset.author
  came = Date.now()
  findAll(`[data-typist="${author}"]`).forEach((word) => word.remove())
})
