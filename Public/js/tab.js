// The id of this tab, the same on each page that it goes to. It is handed from page to page, so that a copy of the tab
// does not have it, too.
// Listens to the page being left, and being shown again out of the back-forward cache.
import { listen, makeID } from './page.js'
import { own } from './store.js'

const KEY = 'tab'

export const tab = own.read(KEY) || makeID()
own.erase(KEY)

listen('pagehide', () => own.write(KEY, tab), { target: window })
listen('pageshow', ({ persisted }) => persisted && own.erase(KEY), { target: window })
