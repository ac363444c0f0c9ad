"""Requests that a test keeps back for a while."""


class Held:
    """Keeps requests to an address back until they are let go; later ones pass."""

    def __init__(self, page, address):
        self.routes = []
        self.holds = True
        page.route(address, self._take)

    def _take(self, route):
        if self.holds:
            self.routes.append(route)
        else:
            route.continue_()

    def let_go(self):
        self.holds = False
        for route in self.routes:
            route.continue_()
