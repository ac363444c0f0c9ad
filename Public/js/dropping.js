// Files that are pasted or dropped anywhere go to the composer. While a message is being edited they go nowhere.
// Listens to what is pasted, and to what is dragged over the page and dropped.
import { byID, connect, listen } from './page.js'
import { openComposer } from './composer.js'
import { bringsFiles } from './transfer.js'

function takeFiles(event) {
  const transfer = event.clipboardData ?? event.dataTransfer
  if (!bringsFiles(transfer, event.type === 'paste')) return
  event.preventDefault()
  const composer = openComposer()
  if (composer.held) return
  byID('main').classList.toggle('dropping', event.type === 'dragover')
  composer.attach([...transfer.files])
}

connect('#composer', (form, signal) => listen('paste dragover dragleave drop', takeFiles, { signal }))
