for (const script of document.querySelectorAll('script[type="text/html"]')) {
  script.replaceWith(document.createRange().createContextualFragment(script.text))
}
for (const button of document.querySelectorAll('[data-reveal]')) {
  const field = document.getElementById(button.dataset.reveal)
  const show = (shown) => {
    field.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', shown)
  }
  button.addEventListener('click', () => show(field.type === 'password'))
  // Browsers keep a password only from a field of that type.
  field.form.addEventListener('submit', () => show(false))
}
