"""Waits for a condition, with a deadline. Used by the tests of every Python folder."""

import time


def wait_for(what, condition, seconds=20, observe=None):
    """Returns the first true value of `condition()`, which is called every 50 ms.

    Fails after `seconds`, and reports the last value and that of `observe()`.
    """
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    observed = f"; observed: {observe()!r}" if observe else ""
    raise AssertionError(f"waited {seconds} s for {what}; last value: {value!r}{observed}")
