"""A finger on the screen: Playwright itself only taps."""

import time

from playwright.sync_api import expect


class Finger:
    """One finger in a tab, by the browser's own protocol."""

    def __init__(self, tab):
        self.page = tab.page
        self.session = tab.page.context.new_cdp_session(tab.page)

    def _send(self, kind, *points):
        self.session.send("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints": [{"x": x, "y": y, "id": 1} for x, y in points]})

    def down(self, x, y):
        self._send("touchStart", (x, y))

    def move(self, x, y):
        self._send("touchMove", (x, y))

    def up(self):
        self._send("touchEnd")

    def hold(self, element, until):
        """Presses until something shows, and lets go."""
        # This waits until it moves no more.
        element.scroll_into_view_if_needed()
        self.down(*middle(element))
        expect(until).to_be_visible()
        self.up()

    def swipe(self, element, across, down=0, steps=8):
        """Moves from the middle of an element; does not let go."""
        x, y = middle(element)
        # A hand is quick. However slow the machine is, no time passes meanwhile, in which the press would become a long one.
        clock = self.page.clock
        clock.install()
        clock.pause_at(time.time() + 10)
        self.down(x, y)
        for step in range(1, steps + 1):
            self.move(x + across * step / steps, y + down * step / steps)
        clock.resume()


def middle(element):
    box = element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
