import { byID, heed } from './page.js'
import { fit } from './picture.js'

const field = byID('picture')

async function choose() {
  try {
    const { file } = await fit(field.files[0], 512, true)
    const chosen = new DataTransfer()
    chosen.items.add(file)
    field.files = chosen.files
    byID('portrait').innerHTML = `<img src="${URL.createObjectURL(file)}" alt="">`
  } catch {}
}

if (field) heed('change', choose, field)
