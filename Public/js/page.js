// What every module stands on: finding elements, events between modules, and starting what belongs to an element.
//
// Modules tell each other what happened by events on the document:
//   inserted   an element has been put into the page (`detail`)
//   swapped    a change of the page is done (`detail`: the first message in view, where it is not the end that is read)
//   relisted   the messages were fetched anew
//   resynced   so was the whole page
//   reached-end  the newest messages are in the page again
//   repeat     what the stream brought is to be put in once more (`detail`)
//   connected  the event stream is open
//   retry      the server is to be tried at once
//   leaving    this person logs out here or in another tab

export const viewer = document.body.dataset.viewer

export const find = (selector, root = document) => root.querySelector(selector)
export const findAll = (selector, root = document) => [...root.querySelectorAll(selector)]
export const byID = (id) => document.getElementById(id)

export const isVisible = () => !document.hidden

/** Calls `act` at each of the events, whose names are separated by spaces, until the signal ends. */
export function listen(names, act, { target = document, signal } = {}) {
  for (const name of names.split(' ')) target.addEventListener(name, act, { signal })
}

export const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }))

/** Puts what text browsers are not to show, which stands in scripts of this type, in its place. */
export function expand(root) {
  for (const script of findAll('script[type="text/html"]:not([id])', root)) script.replaceWith(contentOf(script))
}

const contentOf = (script) => document.createRange().createContextualFragment(script.text)

/** A new element from the script that has this id. */
export const clone = (id) => contentOf(byID(id)).firstElementChild

/**
 * Calls `start` with each element that the selector finds, now and whenever one comes into the page, and with a signal
 * that ends once the element has left it.
 */
export function connect(selector, start) {
  const started = new Map()

  function look() {
    for (const [element, controller] of started) {
      if (element.isConnected) continue
      started.delete(element)
      controller.abort()
    }
    for (const element of findAll(selector)) {
      if (started.has(element)) continue
      const controller = new AbortController()
      started.set(element, controller)
      start(element, controller.signal)
    }
  }

  listen('swapped', look)
  look()
}

const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time))

/**
 * Resolves once no link or button is being pressed, and after a second at the latest: a press goes nowhere where another
 * element takes the place of what it began on.
 */
export async function released() {
  for (let left = 50; left && find(':is(a, button):active'); left--) await sleep(20)
}

/** Whether a key is held that gives a click or another key another meaning. */
export const isModified = ({ shiftKey, ctrlKey, altKey, metaKey }) => shiftKey || ctrlKey || altKey || metaKey

/** A random UUID. `crypto.randomUUID` needs HTTPS; the address of a blob ends in one everywhere. */
export function makeID() {
  const address = URL.createObjectURL(new Blob())
  URL.revokeObjectURL(address)
  return address.slice(-36)
}

/** Once this person logs out, nothing is written into the browser's storage any more. */
export const leaving = { isNow: false }

/** Goes to the log-in page, which leads back here unless this person chose to leave. */
export function toLogin() {
  // That one leaves may be heard from another tab just after.
  setTimeout(() => {
    const here = encodeURIComponent(location.pathname + location.search)
    location.replace(leaving.isNow ? '/login' : `/login?next=${here}`)
  }, 100)
}

expand(document)
