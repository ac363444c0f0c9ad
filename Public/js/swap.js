// Puts HTML that the server made into the page. A fragment says itself where it belongs, by htmx's attributes.
import { byID, expand, findAll, tell } from './page.js'
import { compareMessages, compareRows, placeAmong } from './order.js'

/** The elements of a piece of HTML that are not in the page yet. */
export function parse(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  expand(template.content)
  return template.content
}

/** What stands in an order of its own, and from which end a new one is looked for. */
const ORDERED = [
  { kind: '.message, .group-line', compare: compareMessages, startsAtEnd: true },
  { kind: '.row, #more-rows', compare: compareRows, startsAtEnd: false },
]

/** Moves an element to where it stands among its own kind. */
function order(element) {
  const rule = ORDERED.find(({ kind }) => element.matches(kind))
  if (!rule) return
  const all = [...element.parentNode.children].filter((each) => each.matches(rule.kind))
  const others = all.filter((each) => each !== element)
  const at = placeAmong(others.map(({ dataset }) => dataset), element.dataset, rule.compare, rule.startsAtEnd)
  if (all[at] === element) return
  if (at > 0) others[at - 1].after(element)
  else others[0].before(element)
}

/** Takes the elements for the one that is there; those that the page has elsewhere already leave that place. */
export function replace(target, nodes) {
  for (const { id } of nodes) {
    if (id && id !== target.id) byID(id)?.remove()
  }
  target.replaceWith(...nodes)
  for (const node of nodes) {
    if (node.nodeType !== Node.ELEMENT_NODE) continue
    order(node)
    tell('inserted', node)
  }
}

/**
 * Puts one element of a wrapper in: in place of the one with its id, or where the wrapper says that new ones go. One that
 * says `hx-preserve` stays as it is.
 */
function put(element, how, targets) {
  const there = byID(element.id)
  if (there?.hasAttribute('hx-preserve')) return
  if (there) there.replaceWith(element)
  else targets[0]?.insertAdjacentElement(how, element)
  if (!element.isConnected) return
  order(element)
  tell('inserted', element)
}

/**
 * Does what each wrapper in the fragment says by `hx-swap-oob`:
 *   true                     its elements replace those with their ids, and are left out where there are none
 *   beforeend:SELECTOR       the same, but new ones are put in there (afterbegin, beforebegin, afterend likewise)
 *   innerHTML:SELECTOR       its content takes the place of that of all that the selector finds
 *   delete:SELECTOR          all that the selector finds is removed
 */
export function insertAside(content) {
  for (const wrapper of findAll('[hx-swap-oob]', content)) {
    wrapper.remove()
    const [how, selector] = wrapper.getAttribute('hx-swap-oob').split(/:(.*)/)
    const targets = selector ? findAll(selector) : []
    if (how === 'delete') targets.forEach((target) => target.remove())
    else if (how === 'innerHTML') targets.forEach((target) => fill(target, wrapper))
    else [...wrapper.children].forEach((element) => put(element, how, targets))
  }
}

function fill(target, wrapper) {
  target.replaceChildren(...wrapper.cloneNode(true).childNodes)
  tell('inserted', target)
}
