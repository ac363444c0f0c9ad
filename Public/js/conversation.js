// What an open conversation needs besides, loaded with the first one: telling how far one has read and that one is typing, a
// line for each of several messages that are copied, jumping to a message that a link leads to, the whole date of a time,
// keys that scroll, showing in the list what one begins to write, what is answered, files that are pasted and dropped, members
// to mention in a group, copying code, where there is some, the button for emoji, where the keyboard has none, and what is
// done with messages, once one comes to one.
import { connect } from './page.js'
import './dates.js'
import './dropping.js'
import './emoji-button.js'
import './first-act.js'
import './jumping.js'
import './reading.js'
import './replying.js'
import './scrolling.js'
import './stops.js'
import './transcript.js'
import './typing.js'
import { onFirstUse } from './upgrade.js'

const load = (selector, module) => connect(selector, () => onFirstUse(module))

load('.messages', () => import('./draft-previews.js'))
load('[data-conversation^=g] #text', () => import('./mentioning.js'))
load('.messages .fence', () => import('./fences.js'))
