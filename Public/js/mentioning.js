// The list of members that `@` opens over the composer of a group. What is typed after it narrows the list; arrows, Enter,
// Tab or a press choose, Escape closes. The server finds who is meant by the name in the text; where several have that
// name, by the choice that goes along with it, as long as the name stands in the text. What means all of the group is sent once
// its writer has seen how many that are.
// Listens to what is typed and to keys in the field, and to its form being sent.
import { byID, connect, find, findAll, listen } from './page.js'
import { chosenFor } from './composer.js'
import { parse } from './swap.js'
import { plural, words } from './words.js'

/** So long, in milliseconds, one may go on typing before members are asked for. */
const DELAY = 120
const MEANS_ALL = /(?:^|[^\p{L}\p{N}_@])@all(?![\p{L}\p{N}_])/iu
/** In a larger group only its administrators mean all. */
const MOST_FOR_EVERYONE = 50
/** `@` at the beginning or behind something that is no word, and the beginning of a name behind it, which a space ends. */
const ASKING = /(?:^|[^\p{L}\p{N}_@])@([^\s@](?:[^\n@]{0,39}[^\s@])?|)$/u

/**
 * Those of the people who were chosen that a text still names. Where it names fewer of one name than were chosen, the
 * latest choices are meant.
 */
function stillNamed(people, text) {
  const folded = (value) => value.toLowerCase()
  const count = (name) => folded(text).split(`@${folded(name)}`).length - 1
  return people.filter(({ name }, at) => count(name) > people.slice(at + 1).filter((later) => later.name === name).length)
}

const nameOf = (member) => find('[data-name-of]', member).textContent

/** What else the list of members says of one. */
const traitsOf = (member) => findAll('.presence, .last-seen, .pill', member).map(({ textContent }) => textContent.trim())
  .filter(Boolean).join(', ')

class Mentioning {
  timer = 0

  /** What is asked for at the moment; nothing while the list is closed. */
  asked

  /** Whether one has seen how many all of the group are. */
  hasSeenCount = false

  constructor(field, signal) {
    this.field = field
    listen('input', () => this.look(), { target: field, signal })
    listen('blur', () => this.close(), { target: field, signal })
    // Before the composer, which keeps the choice as a draft.
    field.addEventListener('input', () => this.forget(), { capture: true, signal })
    // Before the composer, for which Enter is to send.
    field.addEventListener('keydown', (event) => this.press(event), { capture: true, signal })
    // Before the composer, which sends.
    field.form.addEventListener('submit', (event) => this.hold(event), { capture: true, signal })
  }

  get list() {
    return byID('mentions')
  }

  get options() {
    return findAll('#mentions > li')
  }

  /** The part of the text that is about to become a name. */
  get asking() {
    const { selectionStart, selectionEnd, value } = this.field
    return selectionStart === selectionEnd ? ASKING.exec(value.slice(0, selectionStart))?.[1] : undefined
  }

  look() {
    clearTimeout(this.timer)
    if (this.asking === undefined) return this.close()
    this.timer = setTimeout(() => this.ask(this.asking), DELAY)
  }

  async ask(text) {
    if (text === undefined) return
    this.asked = text
    try {
      const { conversationId } = byID('main').dataset
      const response = await fetch(`/conversations/${conversationId}/details?member=${encodeURIComponent(text)}`, {
        headers: { 'HX-Request': 'true', 'HX-Target': 'members' },
      })
      const content = parse(await response.text())
      // Meanwhile one may have typed on, or closed it.
      if (response.ok && this.asked === text && this.asking === text) this.show(findAll('.members > li', content), text)
    } catch {
      this.close()
    }
  }

  createList() {
    const list = document.createElement('ul')
    list.id = 'mentions'
    list.className = 'mentions'
    list.role = 'listbox'
    list.ariaLabel = words('Members')
    return list
  }

  show(members, text) {
    const list = this.createList()
    const others = members.filter((member) => !find('.name .quiet', member))
    list.append(...others.map((member) => this.person(member, others)))
    if (this.mayMeanAll && text && 'all'.startsWith(text.toLowerCase())) list.append(this.everyone())
    this.open(list)
    const { length } = list.children
    if (length) byID('announcer').textContent = plural('{count} member to choose from', '{count} members to choose from', length)
  }

  open(list) {
    this.list?.remove()
    if (!list.children.length) return this.close()
    this.field.form.prepend(list)
    this.field.setAttribute('aria-controls', list.id)
    this.field.ariaAutoComplete = 'list'
    this.choose(list.firstChild)
  }

  /** How many others are in the group. */
  get othersCount() {
    return parseInt(find('[data-members]').textContent.replace(/\D/g, '')) - 1
  }

  get mayMeanAll() {
    return this.othersCount < MOST_FOR_EVERYONE || Boolean(byID('main').dataset.administers)
  }

  get reach() {
    return plural('This reaches {count} person', 'This reaches {count} people', this.othersCount)
  }

  /** Shows how many a message reaches that means all, in place of sending it; Enter or a press sends it then. */
  hold(event) {
    const { field } = this
    // An edit tells nobody anew.
    const tells = this.mayMeanAll && MEANS_ALL.test(field.value) && !field.form.matches('.editing')
    if (!tells || this.hasSeenCount) {
      this.hasSeenCount = false
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    this.close()
    const list = this.createList()
    const option = this.option(words('Send it to everyone'))
    this.add(option, this.reach)
    option.dataset.sends = ''
    list.append(option)
    this.open(list)
    field.focus()
    byID('announcer').textContent = this.reach
  }

  /** Of several with one name it also says what tells them apart. */
  person(member, others) {
    const name = nameOf(member)
    const option = this.option(name, find('.avatar', member))
    option.dataset.person = find('[data-name-of]', member).dataset.nameOf
    if (others.filter((other) => nameOf(other) === name).length > 1) this.add(option, traitsOf(member))
    return option
  }

  option(name, picture) {
    const option = document.createElement('li')
    const label = document.createElement('bdi')
    option.role = 'option'
    option.dataset.name = name
    label.textContent = name
    option.append(...(picture ? [picture] : []), label)
    // A press would take the focus from the field.
    option.onpointerdown = (event) => event.preventDefault()
    option.onclick = () => this.take(option)
    return option
  }

  everyone() {
    const option = this.option('all')
    this.add(option, this.reach)
    return option
  }

  /** Says something behind the name. */
  add(option, text) {
    const hint = document.createElement('span')
    hint.className = 'quiet'
    hint.textContent = text
    option.append(' ', hint)
  }

  choose(option) {
    this.options.forEach((each, at) => {
      each.id = `mention-${at}`
      each.ariaSelected = String(each === option)
    })
    this.field.setAttribute('aria-activedescendant', option.id)
    option.scrollIntoView({ block: 'nearest' })
  }

  take({ dataset: { name, person, sends } }) {
    const { field, asking } = this
    if (!person) this.hasSeenCount = true
    if (sends !== undefined) {
      this.close()
      return field.form.requestSubmit()
    }
    const end = field.selectionStart
    if (person) chosenFor.set(field, [...chosenFor.get(field) ?? [], { id: person, name }])
    field.setRangeText(`${name} `, end - asking.length, end, 'end')
    this.close()
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    field.focus()
  }

  /** Whom the text does not name any more nobody chose. */
  forget() {
    const people = chosenFor.get(this.field)
    if (people) chosenFor.set(this.field, stillNamed(people, this.field.value))
  }

  close() {
    clearTimeout(this.timer)
    this.asked = undefined
    this.list?.remove()
    for (const name of ['aria-controls', 'aria-autocomplete', 'aria-activedescendant']) this.field.removeAttribute(name)
  }

  press(event) {
    const { options } = this
    if (!options.length || event.isComposing) return
    const at = options.findIndex((option) => option.ariaSelected === 'true')
    const acts = {
      ArrowDown: () => this.choose(options[(at + 1) % options.length]),
      ArrowUp: () => this.choose(options.at(at - 1)),
      Enter: () => this.take(options[at]),
      Tab: () => this.take(options[at]),
      Escape: () => this.close(),
    }
    if (!acts[event.key]) return
    event.preventDefault()
    event.stopImmediatePropagation()
    acts[event.key]()
  }
}

connect('[data-conversation^=g] #text', (field, signal) => new Mentioning(field, signal))
