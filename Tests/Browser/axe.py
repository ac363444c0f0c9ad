"""axe-core over a page as it stands, in each look and size, without loading it anew."""

from axe_playwright_python.sync_playwright import Axe

SIZES = {"1280": {"width": 1280, "height": 800}, "390": {"width": 390, "height": 844}}
LOOKS = {"light": "light", "dark": "dark", "cyberpunk": "light", "synthwave": "dark"}

SCRIPT = Axe().axe_script
# All that axe does by itself, and the one of WCAG 2.2 that it leaves off.
ALL = {"resultTypes": ["violations"], "preload": False, "rules": {"target-size": {"enabled": True}}}
# What another look of the same page can break.
COLOURS = {"resultTypes": ["violations"], "preload": False, "runOnly": ["color-contrast", "link-in-text-block"]}

LOOK = """async (theme) => {
  document.documentElement.dataset.theme = theme
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  return getComputedStyle(document.documentElement).backgroundColor
}"""

RUN = """async (options) => (await axe.run(options)).violations.flatMap(({ id, nodes }) => nodes.map(
  ({ target, html, failureSummary }) => `${id}: ${target} ${html.slice(0, 160)}\\n    ${failureSummary}`))"""


class Findings:
    """What axe found in any state; told all at once."""

    def __init__(self):
        self.list = []

    def check(self, tab, state):
        page = tab.page
        viewport = page.viewport_size
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(SCRIPT)
        for size, box in SIZES.items():
            page.set_viewport_size(box)
            grounds = set()
            for look, scheme in LOOKS.items():
                page.emulate_media(color_scheme=scheme)
                grounds.add(page.evaluate(LOOK, look))
                found = page.evaluate(RUN, ALL if look == "light" else COLOURS)
                self.list += [f"{state}, {look}, {size} pixels: {each}" for each in found]
            if len(grounds) < len(LOOKS):
                self.list.append(f"{state}: some looks are alike: {grounds}")
        page.set_viewport_size(viewport)

    def expect_none(self):
        assert not self.list, f"{len(self.list)} in all\n" + "\n".join(self.list)
