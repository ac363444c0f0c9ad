import { heed, visible } from './page.js'

// An EventSource gives up after a 204 or a 5xx.
let given
let current = null
let timer = 0
let heard = 0
let failures = 0
let retry = 1000

export function open(asked = given) {
  close()
  given = asked
  current = new AbortController()
  heard = Date.now()
  listen(current.signal)
}

export function close() {
  clearTimeout(timer)
  current?.abort()
  current = null
}

async function listen(signal) {
  try {
    const response = await fetch(given.address(), { signal, cache: 'no-store' })
    if (response.status === 401) return given.take({ event: 'signed-out' })
    if (response.status === 200) {
      given.state(true)
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
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
  } catch {}
  if (signal.aborted) return
  given.state(false)
  timer = setTimeout(open, Math.min(30_000, retry * 2 ** failures++) * (0.5 + Math.random() / 2))
}

function dispatch(block) {
  const event = { data: '' }
  for (const line of block.split('\n')) {
    const [field, value] = line.split(/: ?(.*)/s)
    if (field === 'data') event.data += value + '\n'
    else event[field] = value
  }
  retry = Number(event.retry) || retry
  if (event.data) given.take(event)
}

function renew() {
  if (!current) return
  given.state(false)
  open()
}

const check = () => {
  if (Date.now() - heard > 45_000) renew()
}

setInterval(check, 5000)
heed('online offline', renew, window)
heed('visibilitychange', () => visible() && check())
