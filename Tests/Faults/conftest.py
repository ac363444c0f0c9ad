"""A program of its own for each test."""

import pytest

from .dripping import Dripping
from .program import Program


@pytest.fixture
def make_program(tmp_path):
    """Makes programs on folders of their own; none outlives the test."""
    programs = []

    def make(*options, **more):
        folder = tmp_path / f"program{len(programs)}"
        folder.mkdir()
        programs.append(Program(folder, *options, **more))
        return programs[-1]

    yield make
    for program in programs:
        program.end()


@pytest.fixture
def program(make_program):
    return make_program().start()


@pytest.fixture(scope="session", autouse=True)
def dripping(request, tmp_path_factory):
    """Begins with the first test, whichever it is, because it takes a minute of doing nothing."""
    if not any("dripped" in item.name for item in request.session.items):
        yield None
        return
    dripping = Dripping(tmp_path_factory.mktemp("dripping"))
    dripping.start()
    yield dripping
    dripping.end()
