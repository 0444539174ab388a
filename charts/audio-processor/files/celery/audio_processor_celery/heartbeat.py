"""The health files that the probes read, in AUDIO_PROCESSOR_HEALTH_DIR.

Worker: `ready` exists while it consumes; `heartbeat` is touched every 2 seconds, by the event loop's own heartbeat.
Beat: `ready` exists once it has read its schedule; `heartbeat` is touched at least once a minute.

Unlike `celery inspect ping` a file needs no broker, no second Celery process and no CPU. Celery's heartbeat stops in an
outage of the broker; then the lease thread touches the file. It also stops if the lease thread has died.
"""

import os
import time
from pathlib import Path

from celery import signals

from . import metrics

HEALTH_DIR = "AUDIO_PROCESSOR_HEALTH_DIR"
RENEWAL_TIMEOUT = 60  # seconds without a renewal after which the lease thread counts as dead
BEAT_MAX_INTERVAL = 60  # seconds between two ticks of beat, whatever its max_interval is set to

# Monotonic time of the lease's last renewal, or in an outage of its last attempt; None without a lease.
last_renewal = None
heartbeat_file = None


def touch():
    """Touches the heartbeat file, if there is one, and updates the heartbeat metric."""
    if heartbeat_file:
        heartbeat_file.touch()
        metrics.set_heartbeat()


def connect(env):
    """Connects the signals of a worker and of beat to the files in AUDIO_PROCESSOR_HEALTH_DIR, if it is set."""
    global heartbeat_file
    directory = env.get(HEALTH_DIR)
    if not directory:
        return
    ready_file = Path(directory, "ready")
    heartbeat_file = Path(directory, "heartbeat")

    def remove_files(**_):
        """The previous container of this pod may have left its files in the volume."""
        ready_file.unlink(missing_ok=True)
        heartbeat_file.unlink(missing_ok=True)

    def on_ready(**_):
        touch()
        ready_file.touch()

    def touch_on_tick(sender, **_):
        """Beat: touches the file at each tick. Some kinds of dbm write the schedule file only at exit."""
        scheduler = sender.scheduler
        scheduler.max_interval = min(scheduler.max_interval, BEAT_MAX_INTERVAL)
        original_tick = scheduler.tick

        def tick(*args, **kwargs):
            heartbeat_file.touch()
            return original_tick(*args, **kwargs)

        scheduler.tick = tick

    def on_heartbeat_sent(**_):
        if last_renewal is None or time.monotonic() - last_renewal < RENEWAL_TIMEOUT:
            touch()

    def on_shutdown(**_):
        ready_file.unlink(missing_ok=True)

    # At import, because Celery sends celeryd_init only after it has imported the application: too late for the startup
    # probe. Only in process 1: any other process is a command beside a live worker.
    if os.getpid() == 1:
        remove_files()
    signals.celeryd_init.connect(remove_files, weak=False)
    signals.worker_ready.connect(on_ready, weak=False)
    signals.beat_init.connect(on_ready, weak=False)
    signals.beat_init.connect(touch_on_tick, weak=False)
    signals.heartbeat_sent.connect(on_heartbeat_sent, weak=False)
    signals.worker_shutting_down.connect(on_shutdown, weak=False)
