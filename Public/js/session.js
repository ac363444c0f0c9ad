// Logging out, here and in every other tab at once, after a question where something unsent would be lost; and never
// showing a page to somebody who is not logged in.
// Listens to the log-out form, to the other tabs, and to a page that comes out of the back-forward cache.
import { listen, tell, toLogin } from './page.js'
import { shared } from './store.js'
import { hear, say } from './tabs.js'
import { onFirstUse } from './upgrade.js'

/** So long, in milliseconds, the server may take to answer. */
const PATIENCE = 5000
const LOG_OUT = 10_000

async function check() {
  try {
    const { url } = await fetch(location, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) })
    if (url.includes('/login')) toLogin()
  } catch {
    // Without a line nobody can tell.
  }
}

listen('pageshow', async ({ persisted }) => {
  if (!persisted) return
  // Nothing shows before it is known who looks.
  document.body.style.visibility = 'hidden'
  await check()
  document.body.style.visibility = ''
}, { target: window })

async function logOut(form) {
  say('leaving')
  tell('leaving')
  try {
    const { type } = await fetch(form.action, { method: 'POST', redirect: 'manual' })
    if (type !== 'opaqueredirect') throw new Error(type)
    // The other tabs may go only when it is done.
    say('signed-out')
    toLogin()
  } catch {
    form.submit()
  }
}

async function mayLogOut() {
  if (!shared.keys('draft/').length && !shared.keys('outbox/').length) return true
  const module = await onFirstUse(() => import('./unsent.js'))
  return module?.mayLogOut()
}

listen('submit', async (event) => {
  const form = event.target
  if (!form.matches('[action="/logout"]')) return
  event.preventDefault()
  if (await mayLogOut()) logOut(form)
})

hear(({ kind }) => {
  if (kind !== 'leaving') return
  tell('leaving')
  setTimeout(() => location.reload(), LOG_OUT)
})
