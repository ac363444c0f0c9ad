// The button at a password that shows what was typed.
import { byID, connect, listen } from './page.js'

connect('[data-reveal]', (button, signal) => {
  const field = byID(button.dataset.reveal)

  function show(isShown) {
    field.type = isShown ? 'text' : 'password'
    button.setAttribute('aria-pressed', isShown)
  }

  listen('click', () => show(field.type === 'password'), { target: button, signal })
  // Browsers keep a password only from a field of that type.
  listen('submit', () => show(false), { target: field.form, signal })
})
