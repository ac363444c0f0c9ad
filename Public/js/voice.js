// Where there are no Web Locks, the tabs of one browser choose the one that has the event stream by voice.
import { listen } from './page.js'
import { tab } from './tab.js'

/** In milliseconds: how often a tab looks, how long a leader may be silent, and how long it may take to answer. */
const LOOK = 300
const SILENCE = 500
const ANSWER = 400

/**
 * Takes part in the choice until the signal ends. Of two leaders the one with the lesser name stays.
 * @param lead called when this tab is the one
 * @param follow called when it is not any more
 * @param hear and `say`, how tabs talk to each other
 */
export function choose({ signal, lead, follow, hear, say }) {
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
      if (now - asked > ANSWER) claim()
    } else if (now - last > SILENCE) {
      asked = now
      say('who')
    }
  }

  const timer = setInterval(look, LOOK)
  listen('abort', () => {
    clearInterval(timer)
    if (leader === tab) say('gone')
  }, { target: signal })
}
