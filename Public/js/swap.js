import { all, byID, heed, isModified, notice, one, toLogin } from './page.js'
import { keeping } from './keep.js'

export function parse(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content
}

function comesAfter(a, b) {
  const [x, y] = [a.dataset, b.dataset]
  if (a.matches('.message')) return x.messageId - (y.messageId ?? Infinity) > 0
  if (a.id === 'more-rows' || b.id === 'more-rows') return a.id === 'more-rows'
  return x.newest === y.newest ? x.name > y.name : y.newest - x.newest > 0
}

function order(element) {
  const kind = ['.message', '.row, #more-rows'].find((each) => element.matches(each))
  if (!kind) return
  const others = [...element.parentNode.children].filter((other) => other !== element && other.matches(kind))
  const above = others.findLast((other) => comesAfter(element, other))
  above ? above.after(element) : others[0]?.before(element)
}

function replace(target, nodes) {
  const named = nodes.filter((node) => node.id && node.id !== target.id)
  for (const { id } of named) byID(id)?.remove()
  target.replaceWith(...nodes)
  named.forEach(order)
}

// What is there already is replaced, whatever the wrapper says.
export function insertAside(content) {
  for (const part of all('[hx-swap-oob]', content)) {
    part.remove()
    const [how, selector] = part.getAttribute('hx-swap-oob').split(/:(.*)/)
    const targets = selector ? all(selector) : []
    if (how === 'delete') targets.forEach((target) => target.remove())
    else if (how === 'innerHTML') targets.forEach((target) => target.replaceChildren(...part.cloneNode(true).childNodes))
    else {
      for (const element of [...part.children]) {
        const there = byID(element.id)
        if (there) there.replaceWith(element)
        else targets[0]?.insertAdjacentElement(how, element)
        if (element.isConnected) order(element)
      }
    }
  }
}

export async function request(element, quiet) {
  element.request?.abort()
  const abort = element.request = new AbortController()
  const target = element.getAttribute('hx-target')
  const address = new URL(element.getAttribute('hx-get'), location)
  if (element.matches('form')) address.search = new URLSearchParams(new FormData(element))
  if (!quiet) one(target).ariaBusy = 'true'
  try {
    const response = await fetch(address, {
      headers: { 'HX-Request': 'true', 'HX-Target': target.slice(1) },
      signal: abort.signal,
    })
    if (response.status === 401) return toLogin()
    if (!response.ok) throw 0
    const content = parse(await response.text())
    keeping(() => {
      const { scrollTop } = one(target)
      replace(one(target), [...content.childNodes])
      if (quiet && scrollTop) one(target).scrollTop = scrollTop
    })
  } catch {
    if (abort.signal.aborted) return
    one(target).ariaBusy = null
    if (!quiet) notice('That did not work. Try again.', 'notice danger', 8000)
  }
}

heed('click submit input change', (event) => {
  const { type, target } = event
  const element = target.closest('[hx-get]')
  const trigger = (element?.getAttribute('hx-trigger') ?? 'click').split(', ').find((each) => each.startsWith(type))
  if (!element || !trigger || isModified(event)) return
  if (type === 'click' || type === 'submit') event.preventDefault()
  clearTimeout(element.timer)
  element.timer = setTimeout(request, parseInt(trigger.split('delay:')[1] ?? 0), element)
})

function watch() {
  for (const element of all('[hx-trigger*=intersect]')) {
    if (element.watched) continue
    element.watched = true
    new IntersectionObserver(([entry]) => {
      if (entry.isIntersecting) request(element, true)
    }, { root: element.closest('.scroller'), rootMargin: '200px' }).observe(element)
  }
}

heed('swapped', watch)
watch()
