"""The three engines, each asked what one sees of a picture in it."""

import base64

# For each file the size at which it is shown and its colours near each corner; nothing where it is not shown.
SEEN = """(addresses) => Promise.all(addresses.map(async (address) => {
  const image = new Image()
  const isThere = await new Promise((done) => {
    image.onload = () => done(true)
    image.onerror = () => done(false)
    image.src = address
  })
  const { naturalWidth: width, naturalHeight: height } = image
  if (!isThere || !width || !height) return null
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const colours = [[1, 1], [7, 1], [1, 7], [7, 7]].map(([x, y]) => (
    [...context.getImageData(Math.floor(x * width / 8), Math.floor(y * height / 8), 1, 1).data]))
  return { size: [width, height], colours }
}))"""

# This WebDriver's functions tell by a call that they are done.
CALLING = "const done = arguments[arguments.length - 1]; (%s)(arguments[0]).then(done, (error) => done(String(error)))"


class Seen:
    """What an engine shows of a file, if it shows any of it."""

    def __init__(self, answer):
        self.size = tuple(answer["size"]) if answer else None
        self.colours = answer["colours"] if answer else []

    def has(self, colour, corner=0):
        """Whether a corner has about this colour, and is not transparent."""
        if not self.size:
            return False
        *seen, opacity = self.colours[corner]
        return opacity > 200 and all(abs(one - other) < 40 for one, other in zip(seen, colour))

    def corners(self, colours):
        """Which of the colours is at which corner; None for another one."""
        return [next((at for at, each in enumerate(colours) if self.has(each, corner)), None) for corner in range(4)]

    def __repr__(self):
        return f"{self.size} {self.colours}"


class Engine:
    """A page in which functions run that take a value and return a promise."""

    def __init__(self, name, go, run):
        self.name = name
        self.go = go
        self.run = run

    def see(self, files):
        """What is seen of each file; many in one call, since a call costs more than a file."""
        addresses = [f"data:image/x;base64,{base64.b64encode(each).decode()}" for each in files]
        return [Seen(answer) for answer in self.run(SEEN, addresses)]


def in_playwright(name, page):
    return Engine(name, page.goto, page.evaluate)


def in_webkit(tab):
    def run(function, value):
        return tab.driver.execute_async_script(CALLING % function, value)

    return Engine("WebKit", tab.driver.get, run)
