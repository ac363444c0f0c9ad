// How high the page is that can be seen: some keyboards lie over it, and 100dvh does not know. Zooming is not meant.
// Listens to the visual viewport.
import { listen } from './page.js'

const seen = window.visualViewport

listen('resize', () => document.body.style.setProperty('--seen', `${seen.height * seen.scale}px`), { target: seen })
