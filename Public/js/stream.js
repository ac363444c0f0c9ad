// The events of this person, each once and in order: from the stream where this tab has it, else from the tab that has.
// Listens to this person leaving, and to the page going into the back-forward cache and coming out of it.
import { isVisible, listen, tell, toLogin } from './page.js'
import { setLine } from './line.js'
import { backlog, drop, push } from './live.js'
import { Positions } from './positions.js'
import { refreshRows } from './sidebar.js'
import { close, open, tryNow } from './source.js'
import { disconnect, enter, hear, leave, say } from './tabs.js'
import { offerReload, onFirstUse } from './upgrade.js'

/** Times in milliseconds: for tabs to tell where they are, for a gap to close by itself, until a page is asked for again. */
const GREETING = 60
const GAP = 500
const PAUSE = 5000

/** Where more than so many events wait, it is quicker to fetch the page anew than to put in one by one. */
const MOST_WAITING = 300

const positions = new Positions(Number(document.body.dataset.event))
/** The newest event that the stream has brought, while this tab has it. */
let last = 0
/** The oldest event that a tab asked to hear from. */
let start = Infinity
let isLeading = false
let timer = 0

/**
 * When something last came. Infinite where this person has too many streams: this one rests until somebody looks here,
 * so that no two push each other out again and again.
 */
let heard = 0

listen('visibilitychange focus pointerdown keydown', () => isVisible() && heard === Infinity && greet(), { target: window })

const greet = () => meet({ after: positions.position })

/** A tab says from where on it wants to hear. Where this one has the stream, it is opened from the oldest of those. */
function meet(tab) {
  heard = Date.now()
  if (!isLeading) return say('hello', tab)
  start = Math.min(start, tab.after)
  timer ||= setTimeout(() => {
    timer = 0
    if (!isLeading) return
    last = Math.min(last, start)
    start = Infinity
    open({ address: () => `/events?after=${last}`, take: receive, change: setState, greet: checkVersion })
  }, GREETING)
}

function setState(isUp, next) {
  if (isLeading) say('state', { isUp, next })
  setLine(isUp, next)
  if (isUp) tell('connected')
}

function checkVersion(headers) {
  const version = headers.get('Nextalk-Version')
  if (!version) return
  say('version', { version })
  offerReload(version)
}

function lead() {
  isLeading = true
  last = positions.position
  setState(false)
  say('lead')
  greet()
}

function follow() {
  isLeading = false
  close()
  greet()
}

function end() {
  leave()
  isLeading = false
  close()
}

function receive({ event: kind = 'event', id, data }) {
  const event = { kind, id: Number(id), before: last, data }
  if (id) last = event.id
  say(kind, event)
  act(event)
}

let gap = 0

function take(event) {
  positions.take(event).forEach(({ data }) => push(data))
  if (backlog() > MOST_WAITING) return renew()
  // A gap that stays is asked for.
  if (positions.hasGap) gap ||= setTimeout(() => {
    gap = 0
    if (positions.hasGap) greet()
  }, GAP)
}

function act({ kind, id, before, data, isUp, next, version }) {
  heard = Date.now()
  switch (kind) {
    case 'event':
      if (!isRenewing) take({ id, before, data })
      break
    case 'state': setState(isUp, next); break
    case 'lead': greet(); break
    case 'resync': renew(); break
    case 'rows': refreshRows(); break
    case 'version': offerReload(version); break
    case 'rest':
      heard = Infinity
      close()
      break
    case 'signed-out':
      tell(data?.trim())
      end()
      toLogin()
      break
    case 'ping': break
    default: if (data) push(data)
  }
}

let isRenewing = false

/** Fetches the page anew and goes on from there; tries again until it comes. */
async function renew() {
  if (isRenewing) return
  isRenewing = true
  // What the stream still brings is in the page that comes.
  if (isLeading) close()
  drop()
  const event = await (await onFirstUse(() => import('./resync.js')))?.resync()
  isRenewing = false
  if (event === undefined) return setTimeout(renew, PAUSE)
  positions.moveTo(event)
  last = event
  greet()
}

hear((message) => {
  if (message.kind === 'hello') {
    if (isLeading) meet(message)
  } else if (message.kind === 'retry') {
    if (isLeading) tryNow()
  } else if (!isLeading) act(message)
})

function begin() {
  enter(lead, follow, () => heard)
  greet()
}

listen('retry', () => (isLeading ? tryNow() : say('retry')))
listen('leaving', end)
listen('pagehide', () => {
  end()
  disconnect()
}, { target: window })
listen('pageshow', ({ persisted }) => persisted && begin(), { target: window })
setState(false)
begin()
