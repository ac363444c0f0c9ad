// Puts text on the clipboard. A page that came over plain HTTP has no access to that: there the text is selected, and the
// browser copies what is selected.

/** Selects what an element holds, and has it copied. */
function copySelected(element) {
  getSelection().selectAllChildren(element)
  return document.execCommand('copy')
}

/**
 * Copies the text of an element without the end of its last line: pasted into a terminal, that line waits for Enter.
 * @returns whether it is on the clipboard
 */
export async function copyTextOf(element) {
  try {
    await navigator.clipboard.writeText(element.textContent.replace(/\n$/, ''))
    return true
  } catch {
    return copySelected(element)
  }
}

/** The same with a text that stands nowhere in the page. */
export async function copyText(text) {
  const place = Object.assign(document.createElement('pre'), { className: 'hidden', textContent: text })
  document.body.append(place)
  const isThere = await copyTextOf(place)
  place.remove()
  return isThere
}
