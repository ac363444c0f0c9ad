import { all, heed, isModified, one } from './page.js'

heed('keydown', (event) => {
  const { key, target } = event
  if (event.isComposing || isModified(event)) return
  const row = target.closest('.row a')
  const by = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (row && by) {
    event.preventDefault()
    const rows = all('.row a')
    rows[rows.indexOf(row) + by]?.focus()
  }
  // The browser empties a search field.
  const isTaken = one('dialog[open]') || target.type === 'search' && target.value
  if (key === 'Escape' && !isTaken) one('.heading .close')?.click()
})
