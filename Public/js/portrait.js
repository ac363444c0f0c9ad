// The picture of a profile: cut to what will be shown, and shown before it is saved. What that needs is loaded with the
// first one.
// Listens to the file field.
import { listen } from './page.js'
import { pictures } from './delivery.js'
import { words } from './words.js'

listen('change', async ({ target: field }) => {
  if (field.id !== 'picture' || !field.files.length) return
  // The form is not sent while the picture is being cut.
  field.setCustomValidity(words('One moment…'))
  await (await pictures())?.showPortrait(field)
  field.setCustomValidity('')
})
