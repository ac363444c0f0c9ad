"""Waiting for a condition instead of for a time."""

import time


def wait_until(condition, seconds, what):
    """Returns the first true value of `condition`; fails, naming `what`, when none came in time."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.01)
