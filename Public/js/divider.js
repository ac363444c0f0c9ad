// The divider before what is new. The server puts one into a page that it makes. Here it comes before what others wrote
// while the tab was hidden, once one is back, and an older one goes; where one was at the end, the view starts there then.
// It stays while one reads on, also where the messages are fetched anew, and goes when one comes back another time. What is
// deleted of what it counts it counts no more, and again once that is undone.
// Listens to the tab being hidden and shown again, to changes of the page, and to the messages being fetched anew.
import { byID, find, findAll, isVisible, listen, viewer } from './page.js'
import { goToNew } from './places.js'
import { parse } from './swap.js'
import { isAtEnd, isLive, keeping } from './view.js'
import { plural } from './words.js'

/** So long, in milliseconds, a tab that is shown again may take to get what it missed while it was asleep. */
const CATCHING_UP = 10_000

/** As in a page that the server makes. */
const DIVIDER = '<p class="new-line" id="new-line" hx-preserve><span></span></p>'

export const idOf = ({ dataset }) => Number(dataset.messageId)
export const isOfOther = ({ dataset }) => dataset.messageId !== undefined && dataset.author !== viewer

const dateOf = (message) => Date.parse(find('.at', message).dateTime)
export const isDeleted = (message) => find('.text > .deleted', message) !== null

function setCount(divider, count) {
  divider.dataset.count = count
  find('span', divider).textContent = plural('{count} new message', '{count} new messages', count)
}

/** In one list of messages. */
export class Divider {
  /**
   * The last time that the tab was hidden: the `newest` message then and whether one `wasAtEnd`. Once it is shown again,
   * also when that was (`end`), how far one had read (`through`), the `latest` message that was there already, and how many
   * were `missed`.
   */
  absence

  /** As it stands in the list, or stood in one that was fetched anew since, and the id of the message below it. */
  element
  below

  /** How many it says; whether each of those that were in the page is still there, by its id; and how many were not. */
  count = 0
  counted = new Map()
  beyond = 0

  constructor(messages, signal) {
    this.messages = messages
    this.note()
    this.turn()
    listen('visibilitychange', () => this.turn(), { signal })
    listen('swapped', () => this.recount(), { signal })
    listen('relisted', () => this.putBack(), { signal })
  }

  /** The number of the newest message of somebody else. */
  get newest() {
    return Math.max(0, ...this.othersAfter(0).slice(-1).map(idOf))
  }

  /** The messages of others behind one. */
  othersAfter(through) {
    return findAll('.message', this.messages).filter((message) => isOfOther(message) && idOf(message) > through)
  }

  turn() {
    if (!isVisible()) this.absence = { newest: this.newest, wasAtEnd: isAtEnd() }
    else if (this.absence) this.absence.end = Date.now()
  }

  /** Called whenever something may have changed and somebody looks, before that counts as read. */
  settle(through) {
    const { absence } = this
    if (!absence) return
    const isBack = absence.through === undefined
    if (isBack) Object.assign(absence, { through, latest: this.newest, missed: 0 })
    if (Date.now() > absence.end + CATCHING_UP) this.absence = undefined
    // What comes later than one is back is none of it.
    const missed = this.othersAfter(absence.through)
      .filter((message) => !isDeleted(message) && (idOf(message) <= absence.latest || dateOf(message) < absence.end))
    absence.missed = Math.min(absence.missed, missed.length)
    if (!missed.length) {
      if (isBack) this.remove()
    } else if (idOf(missed.at(-1)) > absence.newest && missed.length > absence.missed) {
      absence.missed = missed.length
      this.place(missed)
    }
  }

  place([first, ...others]) {
    const { absence } = this
    keeping(() => {
      const divider = byID('new-line') ?? parse(DIVIDER).firstElementChild
      setCount(divider, others.length + 1)
      first.before(divider)
    })
    this.note()
    if (!absence.wasAtEnd || !isAtEnd()) return
    goToNew()
    absence.wasAtEnd = isAtEnd()
  }

  remove() {
    if (byID('new-line')) keeping(() => byID('new-line').remove())
    this.note()
  }

  note() {
    this.element = byID('new-line')
    this.below = find('.new-line ~ .message', this.messages)?.id
    this.counted.clear()
    this.count = this.beyond = this.element ? Number(this.element.dataset.count) : 0
    this.recount()
  }

  /** Those that it counts and that come into the page only now. */
  meet() {
    if (!this.beyond) return
    for (const message of findAll('.new-line ~ .message', this.messages)) {
      if (!this.beyond) return
      if (!isOfOther(message) || isDeleted(message) || this.counted.has(message.id)) continue
      this.counted.set(message.id, true)
      this.beyond -= 1
    }
    // What is not here although the end is has gone.
    if (isLive()) this.beyond = 0
  }

  /** After a change of the page, which keeps what one looks at in its place. */
  recount() {
    const { element, counted } = this
    if (!element) return
    this.meet()
    for (const id of counted.keys()) {
      const message = byID(id)
      if (message) counted.set(id, !isDeleted(message))
    }
    const count = this.beyond + [...counted.values()].filter(Boolean).length
    if (count === this.count) return
    this.count = count
    if (!count) return element.remove()
    setCount(element, count)
    if (!element.isConnected) byID(this.below)?.before(element)
  }

  /** The server knows only what is unread now. */
  putBack() {
    const below = this.count > 0 && byID(this.below)
    if (!below) return this.note()
    keeping(() => {
      byID('new-line')?.remove()
      below.before(this.element)
    })
  }
}
