import { all, byID, heed, one, post, viewer, visible } from './page.js'
import { atEnd, scroller, toEnd } from './keep.js'

const list = one('.messages')
const jump = byID('jump')

export const reading = () => list && visible() && atEnd()

const newest = () => Number(all('[data-message-id]', list)
  .findLast((message) => message.dataset.author !== viewer)?.dataset.messageId ?? 0)

let known = list && newest()
let through = Number(list?.dataset.readThrough ?? 0)

async function markRead() {
  const address = byID('main').dataset.read
  const message = newest()
  if (!address || message <= through || !reading()) return
  const before = through
  through = message
  try {
    if (!(await post(address, { message })).ok) throw 0
  } catch {
    through = before
  }
}

function update() {
  const empty = byID('no-messages')
  if (empty) empty.hidden = one('.message', list)
  if (newest() > known && !atEnd()) jump.hidden = false
  known = newest()
  markRead()
}

if (list && list.id !== 'history') {
  heed('swapped', update)
  heed('visibilitychange connected', markRead)
  heed('click', toEnd, jump)
  heed('scroll', () => {
    if (!atEnd()) return
    jump.hidden = true
    markRead()
  }, scroller)
  markRead()
}
