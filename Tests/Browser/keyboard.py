"""Hands at a keyboard: where they are, and whether that can be seen."""

import re

# What has the focus, as one would say it; its ring, its own or that of what it stands in; what lies over it.
STOP = """() => {
  const at = document.activeElement
  if (!at || at === document.body || at === document.documentElement) return null
  const heard = at.cloneNode(true)
  heard.querySelectorAll('[aria-hidden=true]').forEach((each) => each.remove())
  const label = at.ariaLabel || at.labels?.[0]?.textContent || heard.textContent.trim()
    || at.querySelector('img')?.alt || at.id || at.className
  const ringed = (each) => {
    const style = getComputedStyle(each)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && !/, 0\\)$/.test(style.outlineColor)
  }
  const around = [at, at.closest('label'), at.parentElement, at.parentElement?.parentElement].filter(Boolean)
  const ring = around.find((each) => each.matches(':focus-within') && ringed(each))
  const box = (ring ?? at).getBoundingClientRect()
  const own = at.getBoundingClientRect()
  const [x, y] = [own.x + own.width / 2, own.y + own.height / 2]
  const there = own.width && document.elementFromPoint(x, y)
  return {
    name: `${at.localName} ${label.replace(/\\s+/g, ' ').trim().slice(0, 60)}`,
    hasRing: !!ring,
    isSeen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    isFree: !!there && (at.contains(there) || there.contains(at) || !!at.closest('label')?.contains(there)),
  }
}"""

BEGINNING = """() => {
  document.body.tabIndex = -1
  document.body.focus()
  document.body.removeAttribute('tabindex')
}"""


class Keys:
    """Presses keys in a tab, and looks at every stop of the way."""

    def __init__(self, tab):
        self.page = tab.page
        self.faults = []

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    @property
    def stop(self):
        """The name of what has the focus, or None where that is the page itself."""
        at = self.page.evaluate(STOP)
        if at is None:
            return None
        for sight, fault in {"hasRing": "shows no focus", "isSeen": "is out of sight", "isFree": "is covered"}.items():
            if not at[sight] and f"{at['name']} {fault}" not in self.faults:
                self.faults.append(f"{at['name']} {fault}")
        return at["name"]

    def go_to(self, name, key="Tab", limit=60):
        """Goes on until it stands on what is so called."""
        passed = []
        for _ in range(limit):
            self.press(key)
            passed.append(self.stop)
            if passed[-1] and re.search(rf"^\w+ {name}", passed[-1]):
                return passed
        raise AssertionError(f"{key} does not lead to {name}, but to {passed}")

    def walk(self, key="Tab", limit=80):
        """All stops of the page, from one end to the other."""
        self.page.evaluate(BEGINNING)
        stops = []
        for _ in range(limit):
            self.press(key)
            stop = self.stop
            # Chromium goes by way of itself or straight on.
            if stops and stop in (None, stops[0]):
                return stops
            if stop:
                stops.append(stop)
        raise AssertionError(f"{key} does not leave the page: {stops[-6:]}")
