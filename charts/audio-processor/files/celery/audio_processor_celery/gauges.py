"""Gauges of dead children: prometheus_client would show each of them for ever, with the process's number as label."""

import os
from pathlib import Path

from celery import signals

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"


def connect(env):
    """Removes a child's gauges when it ends, and those of killed ones when the next child or the next container starts.

    Counters and histograms stay: without them the sums would fall.
    """
    directory = env.get(DIRECTORY)

    def forget(**_):
        for file in Path(directory).glob("gauge_*_*.db"):
            pid = int(file.stem.rpartition("_")[2])
            if pid == os.getpid() or not Path(f"/proc/{pid}").exists():
                file.unlink(missing_ok=True)

    if directory:
        if os.getpid() == 1:
            forget()
        signals.worker_process_init.connect(forget, weak=False)
        signals.worker_process_shutdown.connect(forget, weak=False)
