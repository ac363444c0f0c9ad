// Tells the server how far one has read: through the last message of somebody else that has been on screen. And offers the
// way to the newest wherever one is not at the end.
// Listens to scrolling, to changes of the page, to the page being shown again or left, and to the line coming back.
import { byID, connect, find, isVisible, leaving, listen } from './page.js'
import { Divider, idOf, isDeleted, isOfOther } from './divider.js'
import { showNewest } from './history.js'
import { openRowID } from './places.js'
import { unreadOf } from './sidebar.js'
import { firstMessage, isAtEnd, isLive, scroller } from './view.js'
import { plural, words } from './words.js'

/** What has been read gathers for so many milliseconds. */
const GATHERING = 1000

/** So much of a message, in pixels, may still be below the view. */
const NEAR = 40

// The server makes a page without counting it as read where a module will tell.
const isSecure = location.protocol === 'https:' ? '; Secure' : ''
listen('leaving', () => { document.cookie = 'marks=; Path=/; Max-Age=0' })
document.cookie = `marks=1; Path=/; SameSite=Lax; Max-Age=31536000${isSecure}`

/** How far one had read when the page was made. */
function markOf(messages) {
  const first = find('.new-line ~ .message', messages)
  return first ? idOf(first) - 1 : Number(messages.dataset.readThrough ?? 0)
}

/** In one list of messages. */
class Reading {
  /** The last message that has been on screen. */
  through

  /** The last one that the server knows of, and when it was told. */
  told
  toldAt = 0

  timer = 0
  frame = 0

  constructor(messages, signal) {
    this.messages = messages
    this.address = byID('main').dataset.read
    this.through = this.told = markOf(messages)
    this.divider = new Divider(messages, signal)
    listen('click', showNewest, { target: byID('jump'), signal })
    listen('click', (event) => {
      event.preventDefault()
      showNewest()
    }, { target: byID('to-newest'), signal })
    listen('scroll', () => this.lookSoon(), { target: scroller(), signal })
    listen('swapped visibilitychange', () => this.lookSoon(), { signal })
    listen('connected', () => this.tellSoon(), { signal })
    listen('pagehide', () => this.tell(), { target: window, signal })
    listen('abort', () => this.tell(), { target: signal })
    this.lookSoon()
  }

  /** Once the page stands as it will: the place in it is found again after a change. */
  lookSoon() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0
      if (this.messages.isConnected) this.look()
    })
  }

  look() {
    const empty = byID('no-messages')
    if (empty) empty.hidden = find('.message', this.messages) !== null
    if (isVisible() && scroller().clientHeight) {
      this.divider.settle(this.through)
      this.see(this.lastSeen())
    }
    this.offerNewest()
  }

  offerNewest() {
    const jump = byID('jump')
    const label = find('span', jump)
    const { unread } = this
    const text = unread ? words('To the newest ({count})', { count: unread }) : words('To the newest')
    jump.hidden = isAtEnd()
    if (label.textContent === text) return
    label.textContent = text
    // A phone has no room for all that an ear is to know.
    jump.ariaLabel = unread ? plural('To the newest, {count} new message', 'To the newest, {count} new messages', unread) : null
  }

  /** The last message of somebody else that is in view, or above it. Of one larger than the view its upper half is enough. */
  lastSeen() {
    const { bottom: edge, height } = scroller().getBoundingClientRect()
    const next = firstMessage(({ top, bottom }) => bottom > edge + NEAR && top > edge - height / 2)
    let message = next ? next.previousElementSibling : this.messages.lastElementChild
    while (message && !isOfOther(message)) message = message.previousElementSibling
    return message ? idOf(message) : 0
  }

  see(message) {
    if (message <= this.through) return
    this.through = message
    this.tellSoon()
  }

  /** How many messages of others have not been on screen. Those that are not in the page the sidebar has counted. */
  get unread() {
    if (!isLive()) {
      const row = byID(openRowID())
      return row ? unreadOf(row) : 0
    }
    let count = 0
    let message = this.messages.lastElementChild
    for (; message && !(idOf(message) <= this.through); message = message.previousElementSibling) {
      if (isOfOther(message) && !isDeleted(message)) count += 1
    }
    return count
  }

  tellSoon() {
    this.timer ||= setTimeout(() => this.tell(), Math.max(0, this.toldAt + GATHERING - Date.now()))
  }

  async tell() {
    clearTimeout(this.timer)
    this.timer = 0
    const { told, through } = this
    if (through <= told || leaving.isNow) return
    this.told = through
    this.toldAt = Date.now()
    try {
      const response = await fetch(this.address, {
        method: 'POST',
        headers: { 'HX-Request': 'true' },
        body: new URLSearchParams({ message: through }),
        keepalive: true,
      })
      if (!response.ok) throw new Error(String(response.status))
    } catch {
      // With the next message, or once the line is back.
      this.told = told
    }
  }
}

connect('.messages', (messages, signal) => new Reading(messages, signal))
