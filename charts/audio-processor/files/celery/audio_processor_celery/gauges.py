"""Removes the gauges of dead processes: prometheus_client would expose each of them forever, with its label `pid`."""

import os
from pathlib import Path

from celery import signals

from . import slots


def connect(env):
    """Removes a child's gauges when it ends, and those of killed processes when a child or a container starts.

    Counters and histograms stay; without them the sums over all processes would decrease.
    """
    slots.directory = directory = env.get(slots.DIRECTORY)

    def remove_gauges_where(is_dead):
        for file in Path(directory).glob("gauge_*_*.db"):
            if is_dead(file.stem.rpartition("_")[2]):
                file.unlink(missing_ok=True)

    def is_dead_pid(identifier):
        """False for a slot, whose child may be alive; the next child of the slot removes its gauges."""
        return identifier.isdecimal() and not Path("/proc", identifier).exists()

    def child_started(**_):
        slots.process_identifier()
        remove_gauges_where(is_dead_pid)

    def child_ended(**_):
        slots.remove_gauges(slots.process_identifier())
        remove_gauges_where(is_dead_pid)

    if directory:
        if os.getpid() == 1:  # a new container: whatever is there belongs to the previous one
            remove_gauges_where(lambda identifier: identifier == "1" or not Path("/proc", identifier).exists())
        signals.worker_process_init.connect(child_started, weak=False)
        signals.worker_process_shutdown.connect(child_ended, weak=False)
