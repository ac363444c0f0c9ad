import { all, byID, heed, isModified, one } from './page.js'

const dialog = byID('gallery')
let current

function show(link) {
  const { alt } = one('img', link)
  current = link
  Object.assign(one('img', dialog), { src: link.href, alt })
  one('p', dialog).textContent = alt
  dialog.dataset.of = all('.images a').length
  if (!dialog.open) dialog.showModal()
}

function step(by) {
  const links = all('.images a')
  show(links.at((links.indexOf(current) + by) % links.length))
}

if (dialog) {
  heed('click', (event) => {
    const link = event.target.closest('.images a')
    if (!link || isModified(event)) return
    event.preventDefault()
    show(link)
  })
  heed('click keydown', ({ key, target }) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key ?? target.value]
    if (by) step(by)
    else if (target === dialog && !key) dialog.close()
  }, dialog)
}
