// What a picture is by its first bytes: its name and the type that follows from it may say anything. Pure.

/** How files begin, of the formats that matter here. A GIF counts as moving, since most that are sent do. */
const STARTS = {
  jpeg: /^\xFF\xD8\xFF/,
  png: /^\x89PNG\r\n\x1A\n/,
  gif: /^GIF8[79]a/,
  webp: /^RIFF[^]{4}WEBP/,
  avif: /^[^]{4}ftypavi[fs]/,
}

const viewOf = ({ buffer, byteOffset, byteLength }) => new DataView(buffer, byteOffset, byteLength)
const textAt = (bytes, place) => String.fromCharCode(...bytes.slice(place, place + 4))

/** Each tells by the beginning of a file of its format whether there may be more than one frame. */
const MOVES = {
  gif: () => true,
  png: (bytes) => placeOf(bytes, 'acTL') !== undefined,
  webp: (bytes) => textAt(bytes, 12) === 'VP8X' && (bytes[20] & 2) > 0,
  avif: (bytes) => textAt(bytes, 8) === 'avis',
}

/** The chunks of a PNG before its pixels: of what type each is, and where its data begin. */
function chunksOf(bytes) {
  const view = viewOf(bytes)
  const chunks = []
  for (let place = 8; place + 8 <= bytes.length; place += 12 + view.getUint32(place)) {
    const type = textAt(bytes, place + 4)
    if (type === 'IDAT') break
    chunks.push({ type, place: place + 8 })
  }
  return chunks
}

const placeOf = (bytes, type) => chunksOf(bytes).find((chunk) => chunk.type === type)?.place

/** By how much Exif data ask to be turned: tag 0x0112 of the first directory, from 1, which is not at all, to 8. */
function orientationAt(view, start) {
  const isLittle = view.getUint16(start) === 0x4949
  const directory = start + view.getUint32(start + 4, isLittle)
  const end = directory + 2 + 12 * view.getUint16(directory, isLittle)
  for (let entry = directory + 2; entry < end; entry += 12) {
    if (view.getUint16(entry, isLittle) === 0x0112) return view.getUint16(entry + 8, isLittle)
  }
  return 1
}

/** Of a PNG alone: all browsers turn a JPEG, and none a WebP. */
function isTurned(bytes) {
  const place = placeOf(bytes, 'eXIf')
  try {
    return place !== undefined && orientationAt(viewOf(bytes), place) > 1
  } catch {
    // The data end before they say so.
    return false
  }
}

/**
 * @param bytes the beginning of a file
 * @returns `{ format, moves, isTurned }`: one of the names above, or nothing for other files; whether it may move; and
 *   whether only some browsers turn it as it asks
 */
export function examine(bytes) {
  const start = String.fromCharCode(...bytes.slice(0, 16))
  const format = Object.keys(STARTS).find((name) => STARTS[name].test(start))
  return { format, moves: MOVES[format]?.(bytes) ?? false, isTurned: format === 'png' && isTurned(bytes) }
}
