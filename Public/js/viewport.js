import { heed } from './page.js'

// Some keyboards lie over the page, and 100dvh does not know. Zooming is not meant.
const seen = window.visualViewport
if (seen) heed('resize', () =>
  document.body.style.setProperty('--seen', Math.round(seen.height * seen.scale) + 'px'), seen)
