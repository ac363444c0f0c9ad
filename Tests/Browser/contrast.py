"""Contrast as WCAG 2 defines it, of the colours that the browser computes, theme by theme."""

THEMES = (
    "light dark cupcake bumblebee emerald corporate synthwave retro cyberpunk valentine halloween garden forest aqua"
    " lofi pastel fantasy wireframe black luxury dracula cmyk autumn business acid lemonade night coffee winter dim"
    " nord sunset"
).split()

TEXT = 4.5
CONTROL = 3

# A canvas takes every notation of a colour and lays transparent ones over others as a page does.
_TOOLS = """
const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
const luminance = (layers) => {
  canvas.clearRect(0, 0, 1, 1)
  for (const colour of layers) {
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
  }
  const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
    const part = byte / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}
const results = []
const note = (what, least, one, other) => {
  const found = contrast(one, other)
  const top = (layers) => layers.findLast((each) => each !== 'rgba(0, 0, 0, 0)')
  results.push({ theme, what, least, found, of: top(one) + ' on ' + top(other) })
}
const html = document.documentElement
let theme
const show = (name) => {
  theme = name ?? 'system'
  if (name) html.dataset.theme = name
  else delete html.dataset.theme
  const choice = document.querySelector(`[name=theme][value=${theme}]`)
  if (choice) choice.checked = true
}
"""

_ROLES = """([themes, changed, text, control]) => {""" + _TOOLS + """
  const probe = document.body.appendChild(document.createElement('p'))
  const role = (name) => {
    probe.style.color = `var(--${name})`
    if (!getComputedStyle(probe).getPropertyValue('--' + name)) throw Error(`${theme} has no --${name}`)
    return [getComputedStyle(probe).color]
  }
  const walls = ['bg', 'surface', 'surface-2', 'accent-soft', 'danger-soft']
  const all = [...walls, 'line', 'ink', 'ink-2', 'accent', 'accent-ink', 'online', 'danger']
  const palettes = {}
  for (const name of themes) {
    show(name)
    for (const [property, value] of Object.entries(changed)) html.style.setProperty(property, value)
    const pair = (least, one, other) => note(`--${one} on --${other}`, least, role(one), role(other))
    for (const wall of walls) {
      for (const ink of ['ink', 'ink-2', 'accent', 'danger', 'online']) pair(text, ink, wall)
    }
    for (const wall of ['accent', 'accent-strong']) pair(text, 'accent-ink', wall)
    for (const wall of ['bg', 'surface']) pair(control, 'field-line', wall)
    for (let number = 0; number < 12; number++) {
      probe.className = 'avatar colour-' + number
      probe.style.color = ''
      const { color, backgroundColor } = getComputedStyle(probe)
      note(`the initials on .${probe.className}`, text, [color], [backgroundColor])
      probe.className = ''
    }
    palettes[theme] = all.map(role).join()
  }
  probe.remove()
  return { results, palettes }
}"""

_PAGE = """([themes, text, control]) => {""" + _TOOLS + """
  const ancestors = (element) => element ? [...ancestors(element.parentElement), element] : []
  const behind = (element) => ancestors(element).map((each) => getComputedStyle(each).backgroundColor)
  const isShown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    ancestors(element).every((each) => getComputedStyle(each).clipPath === 'none')
  const words = (string) => JSON.stringify(string.trim().slice(0, 30))
  const lines = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode
    if (data.trim() && isShown(parentElement)) lines.push([words(data), parentElement])
  }
  const shown = [...document.body.querySelectorAll('*')].filter(isShown)
  const matching = (selector) => shown.filter((each) => each.matches(selector))
  for (const name of themes) {
    show(name)
    for (const [what, element] of lines) {
      note(what, text, [...behind(element), getComputedStyle(element).color], behind(element))
    }
    for (const field of matching('input:placeholder-shown, textarea:placeholder-shown')) {
      const { color } = getComputedStyle(field, '::placeholder')
      note('the placeholder ' + words(field.placeholder), text, [...behind(field), color], behind(field))
    }
    for (const icon of matching('svg.icon')) {
      const { color } = getComputedStyle(icon)
      note('the icon ' + icon.firstElementChild?.getAttribute('href'), control, [...behind(icon), color], behind(icon))
    }
    const bordered = '.field input, .inline, .option, [type=search], .composer-field, .mock-field, .button, .themes label'
    for (const each of matching(bordered)) {
      const around = behind(each.parentElement)
      const border = [...around, getComputedStyle(each).borderTopColor]
      const what = `the border of ${each.localName}.${each.className}`
      note(what, control, border, around)
      note(what + ', inside', control, border, behind(each))
    }
    // The count of what is muted is as quiet as the wall, and is its number alone.
    for (const each of matching('.primary, .send, .unread:not(:empty, .row:has(.mute *) *)')) {
      note('the button or pill ' + words(each.textContent), control, behind(each), behind(each.parentElement))
    }
    for (const avatar of matching('.avatar')) {
      const { content, backgroundColor, borderTopColor } = getComputedStyle(avatar, '::after')
      if (content !== 'none') note('the dot of who is online', control, [backgroundColor], [borderTopColor])
    }
  }
  return results
}"""


_AUTHORS = """([themes, text, selector]) => {""" + _TOOLS + """
  const behind = (element) =>
    element ? [...behind(element.parentElement), getComputedStyle(element).backgroundColor] : []
  const isShown = (each) => each.checkVisibility() && getComputedStyle(each).clipPath === 'none'
  const names = [...document.querySelectorAll(selector)].filter(isShown)
  if (!names.length) throw Error('nobody is named')
  for (const name of themes) {
    show(name)
    for (const each of names) {
      // The bubble or the quote that it stands in.
      const place = each.parentElement
      const { className } = place
      for (let number = 0; number < 12; number++) {
        place.className = className.replace(/colour-\\d+/, 'colour-' + number)
        note('a name in .colour-' + number, text, [...behind(each), getComputedStyle(each).color], behind(each))
      }
      place.className = className
    }
  }
  return results
}"""


def of_authors(page, themes, selector=".author"):
    """The names over messages or in quotes, each in the colours of all the pictures there are."""
    return page.evaluate(_AUTHORS, [themes, TEXT, selector])


def of_roles(page, themes, changed={}):
    """Each role on each wall that it may stand on, and the palettes. `None` is the theme *System*; `changed`
    holds properties to put in place of the theme's own."""
    found = page.evaluate(_ROLES, [themes, changed, TEXT, CONTROL])
    return found["results"], found["palettes"]


def of_page(page, themes):
    """Every text, field, icon and button that shows, in each of the themes."""
    return page.evaluate(_PAGE, [themes, TEXT, CONTROL])


def too_low(results):
    return [
        f"{each['theme']}: {each['what']} has {each['found']:.2f} and not {each['least']} ({each['of']})"
        for each in results
        if each["found"] < each["least"]
    ]
