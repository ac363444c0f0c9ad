// People are chosen from a list that finding makes another one: those who are ticked are kept above it.
// Listens to ticks, to a list that comes, and to Enter in the field that finds, which would send the form.
import { byID, connect, find, findAll, listen } from './page.js'

const boxes = (root) => findAll('[type=checkbox]', root)
const boxOf = (root, value) => boxes(root).find((box) => box.value === value)

/** Ticks those in the list who are chosen already. */
function tickChosen() {
  for (const box of boxes(byID('candidates'))) box.checked = boxOf(byID('chosen'), box.value) !== undefined
}

function choose(box) {
  const isInList = byID('candidates').contains(box)
  const kept = boxOf(byID('chosen'), box.value)
  if (!box.checked) {
    kept?.closest('li').remove()
    const listed = boxOf(byID('candidates'), box.value)
    if (listed) listed.checked = false
    if (!isInList) byID('find-people').focus()
  } else if (isInList && !kept) {
    const copy = box.closest('li').cloneNode(true)
    find('.presence', copy)?.remove()
    boxes(copy)[0].checked = true
    byID('chosen').append(copy)
  }
}

connect('#people', (choice, signal) => {
  // Enter in another field is not to find.
  find('[name=findPeople]')?.remove()
  listen('change', ({ target }) => target.matches('#people [type=checkbox]') && choose(target), { signal })
  listen('inserted', ({ detail }) => detail.id === 'candidates' && tickChosen(), { signal })
  listen('keydown', (event) => {
    if (event.key === 'Enter' && event.target.id === 'find-people') event.preventDefault()
  }, { signal })
  // Those who were ticked before the module was here.
  boxes(byID('candidates')).filter((box) => box.checked).forEach(choose)
  tickChosen()
})
