"""Waiting for a condition, with a deadline. The tests of every Python folder share it."""

import time


def wait_for(what, look, seconds=20):
    """Returns the first true answer of `look`; fails after `seconds` and says what was waited for."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s for {what}")
