"""A terminal with a browser in it that shows text alone, seen and typed into as by a person."""

import os
import re
import subprocess
import time


class Terminal:
    """A window of 100 by 50 characters, in which colours are not seen."""

    def __init__(self, folder, *command):
        self.folder = folder
        folder.mkdir()
        home = {"HOME": str(folder), "TERM": "screen", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
        self.environment = home
        self._tmux("new-session", "-d", "-x", "100", "-y", "50", *command)
        self._tmux("set-option", "-g", "remain-on-exit", "on")

    def _tmux(self, *arguments):
        command = ["tmux", "-S", self.folder / "tmux", "-f", "/dev/null", *arguments]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout

    @property
    def screen(self):
        return self._tmux("capture-pane", "-p")

    @property
    def cursor(self):
        """Its line, from the first, and what stands there from it on."""
        x, y = map(int, self._tmux("display-message", "-p", "#{cursor_x} #{cursor_y}").split())
        return y, self.screen.split("\n")[y][x:]

    def press(self, *keys):
        self._tmux("send-keys", *keys)

    def type(self, text):
        self._tmux("send-keys", "-l", text)

    def wait(self, pattern, seconds=10):
        """Until the screen shows it; answers what was found."""
        deadline = time.monotonic() + seconds
        while not (found := re.search(pattern, self.screen, re.MULTILINE)):
            assert time.monotonic() < deadline, f"{pattern!r} does not come:\n{self.screen}"
            time.sleep(0.03)
        return found

    def close(self):
        self._tmux("kill-server")
