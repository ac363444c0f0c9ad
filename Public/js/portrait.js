// The picture of a profile: cut to what will be shown, and shown before it is saved.
// Listens to the file field.
import { byID, connect, listen } from './page.js'
import { pictures } from './delivery.js'
import { words } from './words.js'

async function choose(field) {
  // The form is not sent while the picture is being cut.
  field.setCustomValidity(words('One moment…'))
  try {
    const file = await (await pictures())?.cutPortrait(field)
    if (file) show(file)
  } catch {
    // The server says what is wrong with it.
  }
  field.setCustomValidity('')
}

function show(file) {
  const image = new Image()
  image.alt = ''
  image.src = URL.createObjectURL(file)
  image.onload = () => URL.revokeObjectURL(image.src)
  byID('portrait').replaceChildren(image)
}

connect('#picture', (field, signal) => {
  listen('change', () => field.files.length && choose(field), { target: field, signal })
})
