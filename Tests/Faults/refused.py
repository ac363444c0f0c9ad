"""Starts that must be refused."""

import re

from .program import run


def expect_refusal(arguments, sentence, **options):
    """Exit status 1, nothing on standard output, one plain sentence on standard error that names the matter."""
    done = run(*arguments, **options)
    assert done.returncode == 1, f"exit status {done.returncode}: {done.stderr}"
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    said = lines[0].removeprefix("nextalk: ")
    assert re.search(sentence, said), said
    assert re.fullmatch(r"([A-Z]|--[a-z]|/).*\.", said), f"no sentence: {said}"
    assert not re.search(r"error:|Error|NIO|SQLite error|\(domain|errno|Optional\(", said), f"not plain: {said}"
