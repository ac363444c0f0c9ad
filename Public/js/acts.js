// What is done with messages: loaded when one comes to the first of them, with the looks of it.
// Begins with the events that one came by.
import { find } from './page.js'
import { create } from './create.js'
import { press } from './message-keys.js'
import { endPress, movePress, startPress } from './pressing.js'
import { lookAt } from './tools.js'

/** Beside the style sheets that every page has. */
const sheet = find('link[rel="stylesheet"][href*="/css/chat.css"]')
document.head.append(create('link', {
  rel: 'stylesheet',
  href: sheet.href.replace('chat.css', 'acts.css'),
  // What was placed before it had its looks is placed anew.
  onload: () => dispatchEvent(new Event('resize')),
}))

const BEGINNINGS = {
  keydown: press,
  pointerdown: startPress,
  pointermove: movePress,
  pointerup: endPress,
  pointercancel: endPress,
  pointerover: lookAt,
  focusin: lookAt,
}

/** Does what came before this was there. */
export const begin = (event) => BEGINNINGS[event.type](event)
