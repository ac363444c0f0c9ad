// Makes pictures smaller before they are sent: cameras take more than anyone sees.

/** What a browser and the server both know, the kinds that may move among them, and what is looked at to tell. */
const KNOWN = /jpeg|png|gif|webp/
const MOVING = /^GIF8|acTL|ANIM/
const LOOKED_AT = 1e6
const QUALITY = 0.85

/** Where the picture has transparent parts, those stay. */
const typeFor = (file) => (/png|webp/.test(file.type) ? 'image/webp' : 'image/jpeg')

/**
 * @param most the longest side, in pixels
 * @param isSquare cut to a square from the middle
 * @returns `{ file, width, height, original }`: the file to send, its size on the screen, and the file as it was chosen
 *   where it was scaled and may be sent as it is, too
 * @throws where the browser cannot read it
 */
export async function fit(file, most, isSquare = false) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  let { width, height } = picture
  if (isSquare) width = height = Math.min(width, height)
  const scale = Math.min(1, most / Math.max(width, height))
  const isKnown = KNOWN.test(file.type)
  const moves = MOVING.test(await file.slice(0, LOOKED_AT).text())
  if (isKnown && !isSquare && (moves || scale === 1)) return { file, width, height }

  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale))
  const context = canvas.getContext('2d')
  context.scale(canvas.width / width, canvas.height / height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, (width - picture.width) / 2, (height - picture.height) / 2)
  const blob = await canvas.convertToBlob({ type: typeFor(file), quality: QUALITY })
  return { file: new File([blob], file.name), width, height, original: isKnown ? file : undefined }
}
