// The tabs of one browser talk to each other, and choose the one that has the event stream: a browser has only six
// connections for a site. They choose by a Web Lock; over plain HTTP there are none, so they choose by voice there.
// The channel is closed while a page lies in the back-forward cache, since a message to it would throw it out.
import { isVisible, listen, viewer } from './page.js'
import { tab } from './tab.js'

const name = `nextalk-${viewer}`

/** After so many milliseconds without a word from the leader another tab takes its place. */
const SILENCE = 45_000
const LOOK = 5000

/** The same where the tabs choose by voice: how often they look, how long a leader may be silent, and to answer. */
const VOICE = { look: 300, silence: 500, answer: 400 }

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

/** Of two leaders the one with the lesser name stays. */
function byVoice(signal, lead, follow) {
  let leader
  let last = 0
  let asked = 0

  function claim() {
    leader = tab
    say('leader')
    lead()
  }

  hear(({ kind, from }) => {
    const isLeading = leader === tab
    if (isLeading && (kind === 'who' || (kind === 'leader' && tab < from))) say('leader')
    else if (kind === 'leader') {
      leader = from
      last = Date.now()
      if (isLeading) follow()
    } else if (kind === 'gone' && leader === from) claim()
  }, signal)

  // It asks first, since the clock of a hidden tab is slow.
  function look() {
    const now = Date.now()
    if (leader === tab) return
    if (asked > last) {
      if (now - asked > VOICE.answer) claim()
    } else if (now - last > VOICE.silence) {
      asked = now
      say('who')
    }
  }

  const timer = setInterval(look, VOICE.look)
  listen('abort', () => {
    clearInterval(timer)
    if (leader === tab) say('gone')
  }, { target: signal })
}

openChannel()
