// The server may become a newer version while a tab stays open. What is typed here is kept as a draft, so loading the
// page again loses nothing.
import { failure, notice } from './notices.js'
import { words } from './words.js'

const mine = document.body.dataset.version
let line

/** The server's, as far as it has told. */
let latest = mine

/** Offers to load the page again. */
function offer() {
  if (line) return
  line = notice(words('A new version is here.') + ' ', 'upgrade')
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = words('Reload')
  button.onclick = () => location.reload()
  line.append(button)
}

/** The same, where the server's version is not the one that this page came from. */
export function offerReload(version) {
  latest = version
  if (version !== mine) offer()
}

/** What a module loaded on first use gives; nothing where it does not come, or is not there any more. */
export async function onFirstUse(load) {
  try {
    return await load()
  } catch {
    if (latest === mine) failure(words('That did not work. Try again.'))
    else offer()
    return undefined
  }
}
