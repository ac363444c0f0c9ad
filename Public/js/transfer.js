// What is pasted or dropped: files, or a text that may come with a picture of it. Pure.

/** What some file managers write above the names of the files that are copied. */
const HEAD = /^(x-special\/\S+|copy|cut)$/

function decode(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Whether a line is a file's name, its path or its address. */
function isNameOf(line, { name }) {
  const last = line.split(/[/\\]/).at(-1)
  return [last, decode(last)].some((each) => each.normalize() === name.normalize())
}

const saysOnlyNames = (text, files) => text.split('\n').map((line) => line.trim())
  .every((line) => !line || HEAD.test(line) || files.some((file) => isNameOf(line, file)))

/**
 * Whether files are meant. A file comes with its name as a text, and a document's text with a picture of it.
 * @param isPaste what is dragged cannot be read before it is dropped, so that its types must tell
 */
export function bringsFiles(transfer, isPaste) {
  const { types, files } = transfer
  if (!types.includes('Files') || !types.includes('text/plain')) return types.includes('Files')
  return isPaste ? saysOnlyNames(transfer.getData('text/plain'), [...files]) : !types.includes('text/html')
}
