// A row of the list shows what one has begun to write there in place of its preview, which stays in it, out of sight: what
// is pushed goes on changing it. Of the conversation that is open the composer shows it.
// Listens to changes of the page, to drafts of other tabs, and to a page that comes out of the back-forward cache.
import { byID, find, findAll, listen, viewer } from './page.js'
import { Drafts } from './drafts.js'
import { shared } from './store.js'
import { tab } from './tab.js'
import { plural, words } from './words.js'

/** More of a text than a row has room for. */
const MOST_SHOWN = 200

const drafts = new Drafts(shared, tab)

const isDraft = (key) => key?.startsWith('draft/')

/** The row of a conversation: one of two, `d7-12`, stands in the list as the other person. */
function rowOf(conversation) {
  const people = conversation.match(/^d(\d+)-(\d+)$/)?.slice(1)
  return byID(`row-${people ? `u${people.find((id) => id !== viewer)}` : conversation}`)
}

function gist({ text, images }) {
  const line = text.slice(0, MOST_SHOWN).trim().replace(/\s+/g, ' ')
  return line || (images === 1 ? words('Photo') : plural('{count} photo', '{count} photos', images))
}

/** What to show in which row, where there is something to show. */
function gists() {
  const open = byID('main')?.dataset.conversation
  const begun = new Set(shared.keys('draft/').map((key) => key.split('/')[1]))
  begun.delete(open)
  return new Map([...begun].map((conversation) => [rowOf(conversation), drafts.find(conversation)])
    .filter(([row, { text, images }]) => row && (text.trim() || images))
    .map(([row, draft]) => [row, gist(draft)]))
}

function create() {
  const preview = document.createElement('span')
  const word = document.createElement('span')
  preview.className = 'draft'
  word.textContent = words('Draft:')
  preview.append(word, ' ', document.createElement('bdi'))
  return preview
}

function show(row, text) {
  const preview = find('.preview', row)
  if (!find('.draft', row)) preview.after(create())
  preview.hidden = true
  const place = find('.draft bdi', row)
  if (place.textContent !== text) place.textContent = text
}

function restore(row) {
  find('.draft', row).remove()
  find('.preview', row).hidden = false
}

function update() {
  const texts = gists()
  for (const row of findAll('.row:has(.draft)')) if (!texts.has(row)) restore(row)
  texts.forEach((text, row) => show(row, text))
}

listen('swapped', update)
listen('storage', (event) => isDraft(shared.keyOf(event)) && update(), { target: window })
listen('pageshow', ({ persisted }) => persisted && update(), { target: window })
update()
