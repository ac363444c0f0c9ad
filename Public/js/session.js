import { all, heed, leaving, tell, toLogin } from './page.js'
import { hear, say } from './tabs.js'
import { erase, keys } from './store.js'

async function check() {
  try {
    const { url } = await fetch(location, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(5000) })
    if (url.includes('/login')) toLogin()
  } catch {}
}

// Nothing shows before it is known who looks.
heed('pageshow', async ({ persisted }) => {
  if (!persisted) return
  document.body.style.visibility = 'hidden'
  await check()
  document.body.style.visibility = ''
}, window)

heed('leaving', () => {
  leaving.now = true
  keys().forEach(erase)
})

// The other tabs may go only when it is done.
async function logOut(event) {
  event.preventDefault()
  say('leaving')
  tell('leaving')
  try {
    const { type } = await fetch(this.action, { method: 'POST', redirect: 'manual' })
    if (type !== 'opaqueredirect') throw 0
    say('signed-out')
    toLogin()
  } catch {
    this.submit()
  }
}

for (const form of all('[action="/logout"]')) heed('submit', logOut, form)
hear(({ kind }) => {
  if (kind !== 'leaving') return
  tell('leaving')
  setTimeout(() => location.reload(), 10_000)
})
