// The tabs of one browser talk to each other, and choose the one that has the event stream: a browser has only six
// connections for a site. They choose by a Web Lock; over plain HTTP there are none, so they choose by voice there.
// The channel is closed while a page lies in the back-forward cache, since a message to it would throw it out.
import { isVisible, listen, viewer } from './page.js'
import { tab } from './tab.js'

const name = `nextalk-${viewer}`

/** After so many milliseconds without a word from the leader another tab takes its place. */
const SILENCE = 45_000
const LOOK = 5000

let channel
let stop
const hearers = new Set()

/** Calls `act` with every message of another tab, until the signal ends. */
export function hear(act, signal) {
  hearers.add(act)
  signal?.addEventListener('abort', () => hearers.delete(act))
}

export const say = (kind, more) => channel?.postMessage({ ...more, kind, from: tab })

function openChannel() {
  if (!globalThis.BroadcastChannel) return
  channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }) => hearers.forEach((act) => act(data))
}

/**
 * Takes part in the choice.
 * @param lead called when this tab is the one
 * @param follow called when it is not any more
 * @param heard when something last came from the one that is
 */
export function enter(lead, follow, heard) {
  if (!channel) openChannel()
  stop = new AbortController()
  const choose = !channel ? byVisibility : navigator.locks ? byLock : byVoice
  choose(stop.signal, lead, follow, heard)
}

/** Takes no part any more. */
export const leave = () => stop?.abort()

/** Nobody is heard any more, until this tab takes part again. */
export function disconnect() {
  channel?.close()
  channel = undefined
}

/** Without a channel each tab is alone. A hidden one keeps no connection, since they are few. */
function byVisibility(signal, lead, follow) {
  const change = () => (isVisible() ? lead() : follow())
  listen('visibilitychange', change, { signal })
  change()
}

function byLock(signal, lead, follow, heard) {
  let isLeading = false

  async function ask(options) {
    try {
      await navigator.locks.request(name, options, () => {
        isLeading = true
        lead()
        return new Promise((done) => listen('abort', done, { target: signal }))
      })
    } catch {
      // Another tab took it.
    }
    if (signal.aborted) return
    isLeading = false
    follow()
    if (options.signal) ask(options)
  }

  ask({ signal })
  // A leader that was put to sleep keeps its lock.
  const timer = setInterval(() => {
    if (!isLeading && isVisible() && Date.now() - heard() > SILENCE) ask({ steal: true })
  }, LOOK)
  listen('abort', () => clearInterval(timer), { target: signal })
}

/** What that needs is loaded where there are no locks. Where it does not come, each tab is alone. */
async function byVoice(signal, lead, follow) {
  const module = await import('./voice.js').catch(() => undefined)
  if (signal.aborted) return
  if (module) module.choose({ signal, lead, follow, hear, say })
  else byVisibility(signal, lead, follow)
}

openChannel()
