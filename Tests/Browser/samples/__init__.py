"""Files as cameras, editors and broken lines leave them: sound ones of every kind, and ones that break a rule.

What browsers show of each is not said here: that is tried in them. Files whose container is sound and whose pixels are
not are none of them, since the server does not decompress."""

from dataclasses import dataclass

from .gif import gifs
from .jpeg import jpegs
from .png import pngs
from .quarters import QUARTERS
from .webp import webps


@dataclass(frozen=True)
class Sample:
    name: str
    data: bytes
    first: tuple = QUARTERS[0]
    """The colour near the corner at the upper left."""


def all_samples():
    return [Sample(*sample) for each in (jpegs, pngs, gifs, webps) for sample in each()]
