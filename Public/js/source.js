// One event stream (the `text/event-stream` of the HTML standard), opened again whenever it ends. An EventSource of
// the browser gives up for good after a 204 or a 5xx, and does not tell its headers.
// Listens to the browser going on or off line, and to the page being shown after a long sleep.
import { isVisible, listen } from './page.js'

/** The server sends something every 20 seconds. After so long without a word the connection is taken for dead. */
const SILENCE = 45_000
const LOOK = 5000
const LONGEST_PAUSE = 5000

let asked
let current = null
let timer = 0
let heard = 0
let failures = 0
let retry = 1000

/**
 * Opens the stream, in place of one that is open.
 * @param options.address called for each try: where to
 * @param options.take gets each event as `{ event, id, data }`
 * @param options.change is told whether the stream is up, and if not when it is tried again
 * @param options.greet gets the headers of each answer
 */
export function open(options = asked) {
  close()
  asked = options
  current = new AbortController()
  heard = Date.now()
  read(current.signal)
}

export function close() {
  clearTimeout(timer)
  timer = 0
  current?.abort()
  current = null
}

async function read(signal) {
  try {
    const response = await fetch(asked.address(), { signal, cache: 'no-store' })
    if (response.status === 401) return asked.take({ event: 'signed-out' })
    if (response.status === 200) {
      asked.greet(response.headers)
      asked.change(true)
      await readBody(response.body.pipeThrough(new TextDecoderStream()).getReader(), signal)
    }
  } catch {
    // It ended, or never began: the same for who waits.
  }
  if (signal.aborted) return
  const pause = Math.min(LONGEST_PAUSE, retry * 2 ** failures++) * (0.5 + Math.random() / 2)
  asked.change(false, Date.now() + pause)
  timer = setTimeout(open, pause)
}

async function readBody(reader, signal) {
  let rest = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    heard = Date.now()
    failures = 0
    const blocks = (rest + part.value).split('\n\n')
    rest = blocks.pop()
    for (const block of blocks) {
      if (signal.aborted) return
      dispatch(block)
    }
  }
}

function dispatch(block) {
  const event = { data: '' }
  for (const line of block.split('\n')) {
    const [field, value] = line.split(/: ?(.*)/s)
    if (field === 'data') event.data += value + '\n'
    else event[field] = value
  }
  retry = Number(event.retry) || retry
  if (event.data) asked.take(event)
}

/** Tries at once, where it would wait. */
export function tryNow() {
  if (timer) renew()
}

function renew() {
  if (!current) return
  asked.change(false)
  open()
}

function check() {
  if (Date.now() - heard > SILENCE) renew()
}

setInterval(check, LOOK)
listen('online offline', renew, { target: window })
listen('visibilitychange', () => isVisible() && check())
