import { heed, uuid, viewer, visible } from './page.js'

const tab = uuid()
const name = `nextalk-${viewer}`
const channel = globalThis.BroadcastChannel && new BroadcastChannel(name)

export const say = (kind, more) => channel?.postMessage({ ...more, kind, from: tab })
export const hear = (act) => channel && heed('message', ({ data }) => act(data), channel)

let stop

export function enter(...calls) {
  stop = new AbortController()
  const choose = !channel ? alone : navigator.locks ? byLock : byVoice
  choose(stop.signal, ...calls)
}

export const leave = () => stop.abort()

// A hidden tab keeps no connection, since they are few.
function alone(signal, lead, follow) {
  const change = () => signal.aborted || (visible() ? lead() : follow())
  heed('visibilitychange', change)
  change()
}

function byLock(signal, lead, follow, heard) {
  let leading = false
  async function ask(options) {
    try {
      await navigator.locks.request(name, options, () => {
        leading = true
        lead()
        return new Promise((done) => heed('abort', done, signal))
      })
    } catch {}
    if (signal.aborted) return
    leading = false
    follow()
    if (options.signal) ask(options)
  }
  ask({ signal })
  // A leader that was put to sleep keeps its lock.
  setInterval(() => {
    if (!leading && !signal.aborted && visible() && Date.now() - heard() > 45_000) ask({ steal: true })
  }, 5000)
}

// Of two leaders the lesser name stays.
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
    const leading = leader === tab
    if (signal.aborted) return
    if (leading && (kind === 'who' || kind === 'leader' && tab < from)) say('leader')
    else if (kind === 'leader') {
      leader = from
      last = Date.now()
      if (leading) follow()
    } else if (kind === 'gone' && leader === from) claim()
  })

  // It asks first, since the clock of a hidden tab is slow.
  setInterval(() => {
    const now = Date.now()
    if (leader === tab || signal.aborted) return
    if (asked > last) {
      if (now - asked > 400) claim()
    } else if (now - last > 500) {
      asked = now
      say('who')
    }
  }, 300)
  heed('abort', () => leader === tab && say('gone'), signal)
}
