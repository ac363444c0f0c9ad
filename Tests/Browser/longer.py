"""A language that is a third longer than English, in words as in sentences, which shows what has no room."""

import re
import shutil

from server import TOP

TAG = "de"


def words(text):
    """`Log out` becomes `Loglo outou`; what stands in braces is a value or markup."""
    parts = re.split(r"(\{[^}]*\})", text)
    return "".join(part if part.startswith("{") else re.sub(r"[^\W\d_]{3,}", _longer, part) for part in parts)


def _longer(word):
    return word[0] + word[0][: max(2, len(word[0]) // 3)].lower()


def resources(folder):
    """A copy of the templates and assets with the language beside them; a browser asks for it by its `TAG`."""
    for name in ("Templates", "Public"):
        shutil.copytree(TOP / name, folder / name)
    languages = folder / "Templates" / "languages"
    header, *entries = (languages / "nextalk.pot").read_text().split("\n\n")
    (languages / f"{TAG}.po").write_text("\n\n".join([header, *map(_translated, entries)]) + "\n")
    return folder


def _translated(entry):
    texts = re.findall(r'^(?:msgid|msgid_plural) "(.*)"$', entry, re.MULTILINE)
    for form, text in zip([r"msgstr(?:\[0\])?", r"msgstr\[1\]"], texts):
        entry = re.sub(rf'^({form}) ""$', lambda found: f'{found[1]} "{words(text)}"', entry, flags=re.MULTILINE)
    return entry
