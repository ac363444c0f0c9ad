import { all, byID, one, tell } from './page.js'

export const scroller = one('.scroller')
// Not every browser anchors, so none does.
if (scroller) scroller.style.overflowAnchor = 'none'

const nearEnd = () => scroller.scrollTop > -40
export const atEnd = () => nearEnd() && scroller.clientHeight > 0
export const toEnd = () => { scroller.scrollTop = 0 }
const top = (element) => element.getBoundingClientRect().top

export function keeping(change) {
  const anchor = scroller && !nearEnd()
    && all('.message', scroller).find((message) => message.getBoundingClientRect().bottom > top(scroller))
  const before = anchor && top(anchor)
  const focus = document.activeElement
  const holder = focus.closest('[id]')?.id

  change()
  tell('swapped')

  const there = anchor && (anchor.isConnected ? anchor : byID(anchor.id))
  if (there) scroller.scrollTop += top(there) - before
  else if (scroller && !anchor) toEnd()
  if (focus.isConnected || !holder) return
  const again = focus.id ? byID(holder) : byID(holder)?.querySelector(focus.localName)
  again?.focus({ preventScroll: true })
}
