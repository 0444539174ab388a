"""Gauges of dead children: prometheus_client would show each of them for ever, with its name as the label `pid`."""

import os
from pathlib import Path

from celery import signals

from . import slots


def connect(env):
    """Removes a child's gauges when it ends, and those of killed ones when the next child or the next container starts.

    Counters and histograms stay: without them the sums would fall.
    """
    slots.directory = directory = env.get(slots.DIRECTORY)

    def sweep(gone):
        for file in Path(directory).glob("gauge_*_*.db"):
            if gone(file.stem.rpartition("_")[2]):
                file.unlink(missing_ok=True)

    def dead(name):
        """Not of a slot, whose child may live; the next one in it clears it."""
        return name.isdecimal() and not Path("/proc", name).exists()

    def begun(**_):
        slots.identifier()
        sweep(dead)

    def ended(**_):
        slots.forget(slots.identifier())
        sweep(dead)

    if directory:
        if os.getpid() == 1:
            sweep(lambda name: name == "1" or not Path("/proc", name).exists())
        signals.worker_process_init.connect(begun, weak=False)
        signals.worker_process_shutdown.connect(ended, weak=False)
