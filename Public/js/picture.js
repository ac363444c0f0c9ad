export async function fit(file, limit, square) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  let { width, height } = picture
  if (square) width = height = Math.min(width, height)
  const scale = Math.min(1, limit / Math.max(width, height))
  const known = /jpeg|png|gif|webp/.test(file.type)
  const moves = /^GIF8|acTL|ANIM/.test(await file.slice(0, 1e6).text())
  const size = { width, height }
  if (known && !square && (moves || scale === 1)) return { file, size }

  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale))
  const context = canvas.getContext('2d')
  const type = /png|webp/.test(file.type) ? 'image/webp' : 'image/jpeg'
  context.scale(canvas.width / width, canvas.height / height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, (width - picture.width) / 2, (height - picture.height) / 2)
  const blob = await canvas.convertToBlob({ type, quality: 0.85 })
  return { file: new File([blob], file.name), size, original: known && file, className: known ? 'scaled' : '' }
}
