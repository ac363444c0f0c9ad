import { heed } from './page.js'

// Some keyboards lie over the page, and 100dvh does not know. Zooming is not meant.
const seen = window.visualViewport
heed('resize', () => document.body.style.setProperty('--seen', seen.height * seen.scale + 'px'), seen)
