"""Files that the probes look at: a worker's `ready` while it consumes and `heartbeat`, touched every two seconds;
beat's `ready` when it has read its schedule and `heartbeat`, touched every minute at least.

They need no broker, no second Celery process and no CPU, all of which `celery inspect ping` needs.
The heartbeat is that of Celery's event loop, as long as the lease lives too. Celery's own ends with the broker;
in an outage the lease beats in its place.
"""

import os
import time
from pathlib import Path

from celery import signals

from . import metrics

HEALTH_DIR = "AUDIO_PROCESSOR_HEALTH_DIR"
STALE = 60  # seconds in which a lease that lives has turned at least once
TURN = 60  # seconds in which beat's loop turns at least once, whatever the periods of its tasks are

turned = None  # when the lease last did, on the monotonic clock; None without a lease
file = None


def beat():
    """Touches the heartbeat, if there is one."""
    if file:
        file.touch()
        metrics.beat()


def connect(env):
    """Connects the signals of a worker and of beat to files in AUDIO_PROCESSOR_HEALTH_DIR; without it, does nothing."""
    global file
    directory = env.get(HEALTH_DIR)
    if not directory:
        return
    ready = Path(directory, "ready")
    file = heartbeat = Path(directory, "heartbeat")

    def forget(**_):
        """A container that died left its files in the pod's volume."""
        ready.unlink(missing_ok=True)
        heartbeat.unlink(missing_ok=True)

    def consuming(**_):
        beat()
        ready.touch()

    def turning(sender, **_):
        """The schedule's own file shows nothing: with some kinds of dbm it is written only at the end."""
        scheduler = sender.scheduler
        scheduler.max_interval = min(scheduler.max_interval, TURN)
        tick = scheduler.tick

        def turn(*args, **kwargs):
            heartbeat.touch()
            return tick(*args, **kwargs)

        scheduler.tick = turn

    def alive(**_):
        if turned is None or time.monotonic() - turned < STALE:
            beat()

    def stopping(**_):
        ready.unlink(missing_ok=True)

    # Celery sends celeryd_init only after the import of the application's modules: far too late for the startup probe.
    # Other processes than a container's first are commands beside a worker that lives.
    if os.getpid() == 1:
        forget()
    signals.celeryd_init.connect(forget, weak=False)
    signals.worker_ready.connect(consuming, weak=False)
    signals.beat_init.connect(consuming, weak=False)
    signals.beat_init.connect(turning, weak=False)
    signals.heartbeat_sent.connect(alive, weak=False)
    signals.worker_shutting_down.connect(stopping, weak=False)
