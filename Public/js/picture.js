// Makes pictures smaller before they are sent: cameras take more than anyone sees.
import { examine } from './format.js'

/** What the server takes as it is. Others are drawn anew, and so is what not every browser shows alike. */
const TAKEN = ['jpeg', 'png', 'gif', 'webp']

/** In these are screenshots, too, which JPEG would blur. */
const DRAWN = ['png', 'webp']

/** So much of a file is looked at: what is said before its pixels is less. */
const LOOKED_AT = 1e6
const QUALITY = 0.85

/** As an element shows it, which it does even if it is not whole. */
async function open(file) {
  const image = new Image()
  image.src = URL.createObjectURL(file)
  try {
    await new Promise((done, fail) => Object.assign(image, { onload: done, onerror: fail }))
  } finally {
    URL.revokeObjectURL(image.src)
  }
  if (!image.naturalWidth || !image.naturalHeight) throw new Error('A picture without a size')
  return image
}

/** Draws the middle of a picture. */
async function draw(image, width, height, scale) {
  // Beside what else goes on, where the browser can. What is not whole it decodes as it draws.
  await image.decode().catch(() => {})
  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale))
  const context = canvas.getContext('2d')
  context.scale(canvas.width / width, canvas.height / height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, (width - image.naturalWidth) / 2, (height - image.naturalHeight) / 2)
  return canvas
}

/** Whether anything is seen through it. */
function isTransparent(canvas) {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  // Four bytes a pixel, the last one its opacity.
  return new Uint32Array(data.buffer).some((pixel) => pixel >>> 24 < 255)
}

/** As WebP what is transparent or may be a drawing, as JPEG what is a photo. */
async function encode(canvas, format) {
  const isPhoto = () => format === 'jpeg' || !isTransparent(canvas)
  const type = !DRAWN.includes(format) && isPhoto() ? 'image/jpeg' : 'image/webp'
  const blob = await canvas.convertToBlob({ type, quality: QUALITY })
  // Where a browser makes no WebP it makes a PNG, which is large for a photo.
  if (blob.type === type || !isPhoto()) return blob
  return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
}

/**
 * @param most the longest side, in pixels
 * @param isSquare cut to a square from the middle
 * @returns `{ file, width, height, original }`: the file to send, its size on the screen, and the file as it was chosen
 *   where it was scaled and may be sent as it is, too; nothing for what moves and would not any more
 * @throws where the browser cannot read it
 */
export async function fit(chosen, most, isSquare = false) {
  const { format, moves, isTurned } = examine(new Uint8Array(await chosen.slice(0, LOOKED_AT).arrayBuffer()))
  const isTaken = TAKEN.includes(format)
  if (moves && !isTaken && !isSquare) return undefined
  // A browser reads it by its type, which followed from its name.
  const file = format ? new File([chosen], chosen.name, { type: `image/${format}` }) : chosen
  const image = await open(file)
  let { naturalWidth: width, naturalHeight: height } = image
  if (isSquare) width = height = Math.min(width, height)
  const scale = Math.min(1, most / Math.max(width, height))
  if (isTaken && !isSquare && (moves || (scale === 1 && !isTurned))) return { file, width, height }

  const blob = await encode(await draw(image, width, height, scale), format)
  const drawn = new File([blob], file.name, { type: blob.type })
  return { file: drawn, width, height, original: isTaken && !isTurned ? file : undefined }
}
