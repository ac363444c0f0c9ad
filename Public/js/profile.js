import { byID, heed } from './page.js'
import { fit } from './picture.js'

const field = byID('picture')

async function choose() {
  // What is saved is the scaled picture: as it came from a camera, the server may refuse it.
  field.setCustomValidity('One moment…')
  try {
    const { file } = await fit(field.files[0], 512, true)
    const chosen = new DataTransfer()
    chosen.items.add(file)
    field.files = chosen.files
    byID('portrait').innerHTML = `<img src="${URL.createObjectURL(file)}" alt="">`
  } catch {}
  field.setCustomValidity('')
}

if (field) heed('change', choose, field)
