// What one selects in several messages and copies is a line each, `[17:52] Mara: text`, with the time as the page shows it;
// a text of several lines keeps them. Images are copied as what describes them, the lines of a group as they are, and days
// and dividers not at all. Within one message the browser copies as ever.
// Listens to what is copied.
import { find, findAll, listen } from './page.js'
import { list } from './view.js'
import { words } from './words.js'

/** Attributes that mean something outside the page. */
const KEPT = ['href', 'value']

/** A browser that leaves out what cannot be selected has several. */
const rangesOf = (selection) => Array.from({ length: selection.rangeCount }, (_, at) => selection.getRangeAt(at))

/** A copy of what the ranges hold of an element's content. */
function cut(element, ranges) {
  const content = new DocumentFragment()
  for (const range of ranges.filter((each) => each.intersectsNode(element))) {
    const part = document.createRange()
    part.selectNodeContents(element)
    if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset)
    if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset)
    content.append(part.cloneContents())
  }
  return content
}

/** The sign before an item of a list. */
function markOf(item) {
  if (!item.parentNode.matches?.('ol')) return '- '
  return `${item.getAttribute('value') ?? [...item.parentNode.children].indexOf(item) + 1}. `
}

/** As it would be written: what the page says by its look is said by signs. */
function plainOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data
  const text = [...node.childNodes].map(plainOf).join('')
  if (node.localName === 'li') return markOf(node) + text
  return node.localName === 'blockquote' ? text.replace(/^(?=.)/gm, '> ') : text
}

/** Only outside the page a line needs an element to break it. */
function breakLines(text) {
  const isLast = !text.nextSibling && text.parentNode.matches?.('li, blockquote')
  const lines = (isLast ? text.data.replace(/\n$/, '') : text.data).split('\n')
  text.replaceWith(...lines.flatMap((line, at) => (at ? [document.createElement('br'), line] : [line])))
}

/** Takes away what only this page knows. */
function clean(content) {
  findAll('button', content).forEach((button) => button.remove())
  for (const element of findAll('*', content)) {
    if (element.href) element.href = `${element.href}`
    for (const { name } of [...element.attributes]) if (!KEPT.includes(name)) element.removeAttribute(name)
  }
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker.nextNode()) texts.push(walker.currentNode)
  texts.filter((text) => !text.parentNode.closest?.('pre')).forEach(breakLines)
  return content
}

const descriptionOf = (image) => (image.alt ?? image.textContent).trim() || words('Image')

function element(name, ...content) {
  const made = document.createElement(name)
  made.append(...content)
  return made
}

/** All of a message's text; where it has none, what describes its images. */
export function plainTextOf(message) {
  const whole = document.createRange()
  whole.selectNodeContents(message)
  const text = cut(find('.text', message), [whole])
  findAll('button', text).forEach((button) => button.remove())
  return plainOf(text).replace(/^\n+|\s+$/g, '') || findAll('.images :is(img, .missing)', message).map(descriptionOf).join(', ')
}

/** @returns a message as `{ plain, html }`; nothing where only its time or its author is selected */
function lineOf(message, ranges) {
  const text = cut(find('.text', message), ranges)
  const plain = plainOf(text).replace(/^\n+|\s+$/g, '')
  const images = findAll('.images :is(img, .missing)', message)
    .filter((image) => ranges.some((range) => range.intersectsNode(image)))
    .map(descriptionOf).join(', ')
  if (!plain && !images) return undefined
  const time = find('.at', message).textContent.trim()
  const author = find('.author', message).textContent
  const before = time && `[${time}] `
  const between = images && plain ? `${images}: ` : images
  return {
    plain: `${before}${author}: ${between}${plain}`,
    html: element('div', before, element('b', author), `: ${between}`, clean(text)).outerHTML,
  }
}

/** The same of what happened in a group. */
function eventOf(line, ranges) {
  const content = cut(line, ranges)
  find('.at', content)?.remove()
  const plain = content.textContent.trim()
  return plain ? { plain, html: element('div', plain).outerHTML } : undefined
}

listen('copy', (event) => {
  if (!list() || event.target.closest?.('input, textarea')) return
  const ranges = rangesOf(getSelection())
  const lines = findAll('.message, .group-line', list())
    .filter((each) => ranges.some((range) => range.intersectsNode(each)))
    .map((each) => (each.matches('.message') ? lineOf(each, ranges) : eventOf(each, ranges)))
    .filter(Boolean)
  if (lines.length < 2) return
  event.preventDefault()
  event.clipboardData.setData('text/plain', lines.map(({ plain }) => plain).join('\n'))
  event.clipboardData.setData('text/html', lines.map(({ html }) => html).join('\n'))
})
