// A list of emoji over the composer: a field to search by name, those that were used last, and all by group. Arrows lead
// through them; Enter or a press takes one, and with Shift the list stays for the next. Escape, a press elsewhere and going
// elsewhere close it. What it lists is loaded when it is opened first.
// Listens as long as the list is open to keys and presses everywhere.
import { find, findAll, listen } from './page.js'
import { create } from './create.js'
import { shared } from './store.js'
import { onFirstUse } from './upgrade.js'
import { plural, words } from './words.js'

/** As many stand in a row, by `.emoji-grid`. */
const COLUMNS = 8
const MOST_RECENT = 24
const RECENT = 'emoji'
/** What is to be added to a letter's code for the sign that makes flags. */
const REGIONAL = 0x1F1A5

const headings = () => ({
  found: words('Found emoji'),
  recent: words('Used last'),
  smileys: words('Smileys'),
  hearts: words('Hearts and feelings'),
  people: words('People'),
  nature: words('Animals and nature'),
  food: words('Food and drink'),
  travel: words('Travel and weather'),
  activities: words('Activities'),
  objects: words('Objects'),
  symbols: words('Symbols'),
  flags: words('Flags'),
})

/** Without case, accents and punctuation, a space before each word. */
const fold = (text) => ` ${text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').toLowerCase()}`

function readEntry(entry) {
  const [sign] = entry.split(' ', 1)
  const text = entry.slice(sign.length + 1)
  return { sign, name: text.split(',')[0], folded: fold(text) }
}

function readFlags(regions) {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  return regions.map((code) => [names.of(code), code]).sort(([one], [other]) => one.localeCompare(other, 'en'))
    .map(([name, code]) => {
      const letters = [...code].map((letter) => REGIONAL + letter.charCodeAt())
      return { sign: String.fromCodePoint(...letters), name: `flag of ${name}`, folded: fold(`flag of ${name}`) }
    })
}

/** All emoji by group, as `{ sign, name, folded }`, once they were asked for. */
let groups

async function load() {
  const module = groups ? undefined : await onFirstUse(() => import('./emoji.js'))
  if (!module) return
  groups = Object.entries(module.groups).map(([key, lines]) => [key, lines.flatMap((line) => line.split('; ')).map(readEntry)])
  groups.at(-1)[1].push(...readFlags(module.regions.join(' ').split(' ')))
}

const all = () => groups.flatMap(([, emoji]) => emoji)

function matching(text) {
  const terms = fold(text).trim().split(' ').map((term) => ` ${term}`)
  return all().filter(({ folded }) => terms.every((term) => folded.includes(term)))
}

/** The signs that were used last, the last one first. */
const recentSigns = () => JSON.parse(shared.read(RECENT) || '[]')

function recent() {
  const bySign = new Map(all().map((each) => [each.sign, each]))
  return recentSigns().map((sign) => bySign.get(sign)).filter(Boolean)
}

function remember(sign) {
  const signs = [sign, ...recentSigns().filter((each) => each !== sign)]
  shared.write(RECENT, JSON.stringify(signs.slice(0, MOST_RECENT)))
}

/** Their names are English whatever the page is. */
const buttonOf = ({ sign, name }) => create('button', { type: 'button', lang: 'en', tabIndex: -1, ariaLabel: name, title: name }, sign)

function sectionOf(key, emoji) {
  const heading = create('h2', { id: `emoji-${key}` }, headings()[key])
  const grid = create('div', { className: 'emoji-grid', role: 'group' }, ...emoji.map(buttonOf))
  grid.setAttribute('aria-labelledby', heading.id)
  return create('section', {}, heading, grid)
}

/** The list, for whoever has something to do with an emoji. */
export class EmojiPicker {
  /**
   * @param place puts the list into the page
   * @param take called with an emoji that was chosen
   * @param back gives the focus back to where one was
   * @param changed called when it is open or closed
   * @param opener what closes it by a press of its own
   */
  constructor({ place, take, back, changed = () => {}, opener }) {
    Object.assign(this, { place, use: take, back, changed, opener })
  }

  async open() {
    await load()
    if (!groups || this.list) return
    this.search = create('input', { type: 'search', autocomplete: 'off', maxLength: 80, ariaLabel: words('Search emoji'), placeholder: words('Search emoji') })
    this.shelf = create('div', { className: 'emoji-shelf' })
    this.status = create('p', { className: 'quiet', role: 'status' })
    this.list = create('div', { className: 'emoji-picker', id: 'emoji-picker', role: 'dialog', ariaLabel: words('Emoji') },
      this.search, this.status, this.shelf)
    this.watch()
    this.show()
    this.place(this.list)
    this.changed(true)
    // A keyboard on the screen would cover the list.
    const isTouch = matchMedia('(pointer: coarse)').matches
    const first = isTouch ? this.buttons[0] : this.search
    first.focus()
  }

  watch() {
    this.opened = new AbortController()
    const { list, opened: { signal } } = this
    listen('input', () => this.show(), { target: this.search, signal })
    listen('keydown', (event) => this.press(event), { target: list, signal })
    listen('click', (event) => this.take(event), { target: this.shelf, signal })
    listen('focusin', ({ target }) => this.setStop(target), { target: this.shelf, signal })
    listen('focusin pointerdown', ({ target }) => this.isOutside(target) && this.close(), { signal })
    // Before the keys that are for the whole page.
    document.addEventListener('keydown', (event) => this.escape(event), { capture: true, signal })
  }

  isOutside(target) {
    return !this.list.contains(target) && !this.opener?.contains(target)
  }

  show() {
    const asked = this.search.value.trim()
    const sections = asked ? [['found', matching(asked)]] : [['recent', recent()], ...groups]
    this.shelf.replaceChildren(...sections.filter(([, emoji]) => emoji.length).map(([key, emoji]) => sectionOf(key, emoji)))
    this.shelf.classList.toggle('found', asked !== '')
    this.shelf.scrollTop = 0
    const [first] = this.buttons
    if (first) first.tabIndex = 0
    this.tell(asked && sections[0][1].length)
  }

  /** How many were found an eye sees itself. */
  tell(count) {
    this.status.className = count === 0 ? 'quiet' : 'hidden'
    this.status.textContent = count === 0 ? words('No emoji by that name.')
      : count && plural('{count} emoji found', '{count} emoji found', count)
  }

  get buttons() {
    return findAll('button', this.shelf)
  }

  /** Of all emoji one is a stop for Tab. */
  setStop(button) {
    const last = find('[tabindex="0"]', this.shelf)
    if (last) last.tabIndex = -1
    button.tabIndex = 0
  }

  take({ target, shiftKey }) {
    const button = target?.closest('button')
    if (!button) return
    const sign = button.textContent
    this.use(sign)
    remember(sign)
    if (!shiftKey) this.leave()
  }

  /** Back to where one writes. */
  leave() {
    this.close()
    this.back()
  }

  close() {
    this.opened?.abort()
    this.list?.remove()
    this.list = undefined
    this.changed(false)
  }

  escape(event) {
    if (event.key !== 'Escape' || event.isComposing) return
    event.preventDefault()
    this.leave()
  }

  /** Enter would send the message from the field, and not every browser says with its click that Shift was held. */
  press(event) {
    const { key, target, shiftKey, isComposing } = event
    const isSearch = target === this.search
    if (isComposing || (isSearch && !['Enter', 'ArrowDown'].includes(key))) return
    const button = isSearch ? this.buttons[0] : target
    const next = isSearch ? button : this.step(key, button)
    if (next || isSearch || key === 'Enter') event.preventDefault()
    if (key === 'Enter') this.take({ target: button, shiftKey })
    else next?.focus()
  }

  /** Where a key leads from an emoji. */
  step(key, button) {
    const rows = findAll('.emoji-grid', this.shelf).flatMap(({ children }) => (
      Array.from({ length: Math.ceil(children.length / COLUMNS) }, (_, at) => [...children].slice(at * COLUMNS, (at + 1) * COLUMNS))))
    const at = rows.findIndex((row) => row.includes(button))
    if (at < 0) return undefined
    const column = rows[at].indexOf(button)
    const inRow = (row) => row && (row[column] ?? row.at(-1))
    const { buttons } = this
    const beside = (step) => buttons[buttons.indexOf(button) + (button.matches(':dir(rtl)') ? -step : step)]
    const steps = {
      ArrowDown: () => inRow(rows[at + 1]),
      ArrowUp: () => inRow(rows[at - 1]) ?? this.search,
      ArrowRight: () => beside(1),
      ArrowLeft: () => beside(-1),
      Home: () => rows[at][0],
      End: () => rows[at].at(-1),
    }
    return steps[key]?.()
  }
}
