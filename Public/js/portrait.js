// The picture of a profile: cut to what will be shown, and shown before it is saved. What that needs is loaded with the
// first one. Who saves meanwhile has it sent once it is cut.
// Listens to the file field, and to its form being sent.
import { listen } from './page.js'
import { pictures } from './delivery.js'

listen('change', async ({ target: field }) => {
  if (field.id !== 'picture' || !field.files.length) return
  const { form } = field
  const controller = new AbortController()
  let pressed
  // Before the module that sends it hears of it.
  listen('submit', (event) => {
    event.preventDefault()
    event.stopPropagation()
    pressed = event.submitter
    pressed.ariaDisabled = 'true'
  }, { target: form, signal: controller.signal })
  await (await pictures())?.showPortrait(field)
  controller.abort()
  if (!pressed) return
  pressed.ariaDisabled = null
  form.requestSubmit(pressed)
})
