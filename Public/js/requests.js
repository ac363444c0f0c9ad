// Links and forms with `hx-get` or `hx-post` are answered by a fragment of the page in place of a page of their own.
// The attributes mean what they mean in htmx: `hx-target` (the element itself, where there is none), `hx-trigger`
// (`click`, `submit`, `change`, `input delay:200ms`, `intersect`), and the header HX-Redirect of an answer.
// Listens to those events everywhere; what comes into view by `intersect` is watched as long as it is in the page.
import { byID, connect, find, findAll, isModified, listen, released, tell, toLogin } from './page.js'
import { clearNotices, failure } from './notices.js'
import { startRecording } from './recorder.js'
import { insertAside, parse, replace } from './swap.js'
import { keeping } from './view.js'
import { words } from './words.js'

const TIMEOUT = 60_000
const controllers = new WeakMap()
const timers = new WeakMap()

const targetOf = (element) => {
  const selector = element.getAttribute('hx-target')
  return selector ? find(selector) : element
}

function getRequest(element) {
  const address = new URL(element.getAttribute('hx-get'), location)
  if (element.matches('form')) address.search = new URLSearchParams(new FormData(element))
  else if (element.name) address.searchParams.set(element.name, element.value)
  return [address, {}]
}

function postRequest(element, button) {
  const form = new FormData(element, button)
  const isMultipart = element.enctype === 'multipart/form-data'
  return [element.getAttribute('hx-post'), { method: 'POST', body: isMultipart ? form : new URLSearchParams(form) }]
}

/** A form that was sent cannot be changed or sent until there is an answer, which would take what is typed meanwhile away. */
function wait(element, target, isQuiet) {
  if (isQuiet) return () => {}
  const form = element.matches('form[hx-post]') ? element : undefined
  const buttons = form ? findAll('button', form) : []
  const fields = form ? findAll('input', form).filter((field) => !field.readOnly) : []
  const set = (isBusy) => {
    target.ariaBusy = isBusy ? 'true' : null
    buttons.forEach((each) => { each.ariaDisabled = isBusy ? 'true' : null })
    fields.forEach((each) => { each.readOnly = isBusy })
  }
  set(true)
  return () => set(false)
}

/**
 * Asks and puts the answer in. A new request of the same element takes the place of one under way, except that a form
 * that is being sent is not sent again.
 * @param isQuiet nobody waits for it: a failure is not told, and the target's scroll position stays.
 */
export async function request(element, { isQuiet = false, button } = {}) {
  const isPost = element.hasAttribute('hx-post')
  if (isPost && controllers.has(element)) return
  if (isPost) clearNotices()
  controllers.get(element)?.abort()
  const controller = new AbortController()
  controllers.set(element, controller)
  const target = targetOf(element)
  const [address, options] = isPost ? postRequest(element, button) : getRequest(element)
  const done = wait(element, target, isQuiet)
  const heard = startRecording()
  const timer = setTimeout(() => controller.abort(), TIMEOUT)
  const isCurrent = () => controllers.get(element) === controller
  try {
    const response = await fetch(address, {
      ...options,
      headers: { 'HX-Request': 'true', 'HX-Target': target.id },
      signal: controller.signal,
    })
    if (response.status === 401) return toLogin()
    const redirect = response.headers.get('HX-Redirect')
    if (redirect) return location.assign(redirect)
    await released()
    const html = await response.text()
    // Another page has come into its place: the answer is about what is not here any more.
    if (!isPost && !target.isConnected) return
    const content = parse(html)
    const isRefused = isPost && find(`#${CSS.escape(target.id)}`, content)
    if (!response.ok && !isRefused) throw new Error(find('p', content)?.textContent ?? '')
    done()
    putIn(content, target, isQuiet)
    tell('repeat', heard())
  } catch (error) {
    if (!isCurrent()) return
    done()
    if (!isQuiet) failure(error.name === 'Error' && error.message || words('That did not work. Try again.'))
  } finally {
    heard()
    clearTimeout(timer)
    if (isCurrent()) controllers.delete(element)
  }
}

function putIn(content, target, isQuiet) {
  const { id, scrollTop } = target
  keeping(() => {
    insertAside(content)
    const nodes = [...content.childNodes]
    const there = byID(id)
    if (there && nodes.some((node) => node.nodeType === Node.ELEMENT_NODE)) replace(there, nodes)
  })
  const now = byID(id)
  if (isQuiet && scrollTop && now) now.scrollTop = scrollTop
  if (now) find('[autofocus]', now)?.focus()
}

const triggersOf = (element) => (element.getAttribute('hx-trigger') ?? (element.matches('form') ? 'submit' : 'click')).split(', ')

listen('click submit input change', (event) => {
  const { type, target, submitter } = event
  const element = target.closest('[hx-get], [hx-post]')
  const trigger = element && triggersOf(element).find((each) => each.startsWith(type))
  if (!trigger || isModified(event) || submitter?.hasAttribute('formaction')) return
  if (type === 'click' || type === 'submit') event.preventDefault()
  clearTimeout(timers.get(element))
  const delay = parseInt(trigger.split('delay:')[1] ?? 0)
  if (delay) timers.set(element, setTimeout(request, delay, element))
  else request(element, { button: submitter ?? undefined })
})

connect('[hx-get][hx-trigger*=intersect]', (element, signal) => {
  const observer = new IntersectionObserver(([entry]) => {
    if (entry.isIntersecting) request(element, { isQuiet: true })
  }, { root: element.closest('.scroller'), rootMargin: '800px 0px' })
  observer.observe(element)
  listen('abort', () => observer.disconnect(), { target: signal })
})
