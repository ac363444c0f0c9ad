export const viewer = document.body.dataset.viewer
export const one = (selector, root = document) => root.querySelector(selector)
export const all = (selector, root = document) => [...root.querySelectorAll(selector)]
export const byID = (id) => document.getElementById(id)
// What text browsers are not to show stands in scripts of this type.
const parts = (script) => document.createRange().createContextualFragment(script.text)
export const clone = (id) => parts(byID(id)).firstElementChild
for (const script of all('script[type="text/html"]:not([id])')) script.replaceWith(parts(script))
export const isModified = ({ shiftKey, ctrlKey, altKey, metaKey }) => shiftKey || ctrlKey || altKey || metaKey
export const visible = () => !document.hidden
export const tell = (name) => document.dispatchEvent(new Event(name))
export const heed = (names, act, target = document) =>
  names.split(' ').forEach((name) => target.addEventListener(name, act))

// crypto.randomUUID needs HTTPS. A blob's address ends in one.
export const uuid = () => URL.createObjectURL(new Blob()).slice(-36)

export const post = (address, fields, more) =>
  fetch(address, { method: 'POST', headers: { 'HX-Request': 'true' }, body: new URLSearchParams(fields), ...more })

export const leaving = { now: false }
// That one leaves may be heard just after.
export const toLogin = () => void setTimeout(() =>
  location.replace(leaving.now ? '/login' : '/login?next=' + encodeURIComponent(location.pathname + location.search)), 100)

export function notice(text, name, ms) {
  const line = Object.assign(document.createElement('p'), { className: name, textContent: text })
  byID('notices')?.append(line)
  if (ms) setTimeout(() => line.remove(), ms)
  return line
}
