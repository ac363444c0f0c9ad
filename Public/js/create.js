// Makes elements.
import { parse } from './swap.js'

/** A new element with these properties and this content. */
export function create(name, properties, ...content) {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...content)
  return element
}

/** One of the signs that every page has. */
export const icon = (name) => parse(`<svg class="icon" aria-hidden="true"><use href="#icon-${name}"/></svg>`).firstChild
