import { heed, notice, tell, toLogin, visible } from './page.js'
import { enter, hear, leave, say } from './tabs.js'
import { close, open } from './source.js'
import { push, resync } from './live.js'
import { refreshRows } from './sidebar.js'

// By the id of the event before a tab sees what it missed.
let position = Number(document.body.dataset.event)
let last = 0
let start = Infinity
let leading = false
let heard = 0
let timer = 0

// Infinite where the session had too many streams: this one rests until somebody looks here, so that no two push
// each other out again and again.
heed('visibilitychange focus pointerdown keydown', () => visible() && heard === Infinity && greet(), window)

const greet = () => meet({ after: position })

function meet(tab) {
  heard = Date.now()
  if (!leading) return say('hello', tab)
  start = Math.min(start, tab.after)
  timer ||= setTimeout(() => {
    timer = 0
    if (!leading) return
    last = Math.min(last, start)
    start = Infinity
    open({ address: () => `/events?after=${last}`, take: receive, state })
  }, 60)
}

let lost, line

function state(up) {
  if (leading) say('state', { up })
  if (!up) return lost ||= setTimeout(() => { line = notice('Reconnecting…', 'reconnecting') }, 5000)
  lost = clearTimeout(lost)
  line?.remove()
  tell('connected')
}

function lead() {
  leading = true
  last = position
  state(false)
  say('lead')
  greet()
}

function follow() {
  leading = false
  close()
  greet()
}

function end() {
  leave()
  leading = false
  close()
}

function receive({ event: kind = 'event', id, data }) {
  const message = { kind, id: Number(id), before: last, data }
  if (id) last = message.id
  say(kind, message)
  act(message)
}

let held = []
let gap = 0

// A gap that stays is asked for.
function take(event) {
  held.push(event)
  for (;;) {
    held = held.filter(({ id }) => id > position).slice(-500)
    const next = held.find(({ before }) => before <= position)
    if (!next) break
    position = next.id
    push(next.data)
  }
  if (held.length) gap ||= setTimeout(() => {
    gap = 0
    if (held.length) greet()
  }, 500)
}

function act({ kind, id, before, data, up }) {
  heard = Date.now()
  if (kind === 'state') state(up)
  else if (kind === 'lead') greet()
  else if (kind === 'resync') renew()
  else if (kind === 'rows') refreshRows()
  else if (kind === 'rest') {
    heard = Infinity
    close()
  } else if (kind === 'signed-out') {
    tell(data?.trim())
    end()
    toLogin()
  } else if (kind === 'event') take({ id, before, data })
  else if (data && kind !== 'ping') push(data)
}

let renewing = false

async function renew() {
  if (renewing) return
  renewing = true
  const event = await resync()
  renewing = false
  if (!event) return setTimeout(renew, 5000)
  last = position = event
  greet()
}

hear((message) => {
  if (message.kind === 'hello') leading && meet(message)
  else if (!leading) act(message)
})

const begin = () => enter(lead, follow, () => heard)
heed('leaving', end)
heed('pagehide', end, window)
heed('pageshow', ({ persisted }) => persisted && begin(), window)
state(false)
begin()
greet()
