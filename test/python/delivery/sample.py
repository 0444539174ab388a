"""A sample application with the real one's Celery settings. Its tasks record their starts and ends in a ledger file."""

import json
import os
import signal
import time

from celery import Celery

app = Celery("audio_processor", broker=os.environ["BROKER"], backend=os.environ["BROKER"])
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    result_expires=3600,
    result_persistent=True,
    task_default_queue="audio_queue",
    broker_connection_retry_on_startup=True,
)


def record(*facts):
    with open(os.environ["LEDGER"], "a") as file:
        file.write(json.dumps([time.time(), *facts]) + "\n")


@app.task(bind=True, name="work", max_retries=3)
def work(self, name, seconds, outcome="succeed"):
    """Runs for `seconds`; then, by `outcome`: succeed, fail, die (SIGKILL of its process), or retry once."""
    record("start", name, os.getpid())
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.02)
    if outcome == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    record("end", name, os.getpid())
    if outcome == "fail":
        raise ValueError("simulated failure")
    if outcome == "retry" and self.request.retries == 0:
        raise self.retry(countdown=0.1)
    return name
