export const viewer = document.body.dataset.viewer
export const one = (selector, root = document) => root.querySelector(selector)
export const all = (selector, root = document) => [...root.querySelectorAll(selector)]
export const byID = (id) => document.getElementById(id)
export const clone = (id) => document.importNode(byID(id).content, true).firstElementChild
export const visible = () => !document.hidden
export const tell = (name) => document.dispatchEvent(new Event(name))
export const heed = (names, act, target = document) =>
  names.split(' ').forEach((name) => target.addEventListener(name, act))

// crypto.randomUUID is missing over plain HTTP.
export const uuid = () => '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
  (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16))

export const post = (address, fields, more) =>
  fetch(address, { method: 'POST', headers: { 'HX-Request': 'true' }, body: new URLSearchParams(fields), ...more })

/** On purpose: no way back, and nothing more is kept. */
export const leaving = { now: false }
// A moment later, since the word that it is on purpose may come just after.
export const toLogin = () => void setTimeout(() =>
  location.replace(leaving.now ? '/login' : '/login?next=' + encodeURIComponent(location.pathname + location.search)), 100)

export function notice(text, name, ms) {
  const line = Object.assign(document.createElement('p'), { className: name, textContent: text })
  byID('notices')?.append(line)
  if (ms) setTimeout(() => line.remove(), ms)
  return line
}
