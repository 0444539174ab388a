"""An application as the contract describes it: its settings, and tasks that write down when they start and end."""

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


def note(*facts):
    with open(os.environ["LEDGER"], "a") as file:
        file.write(json.dumps([time.time(), *facts]) + "\n")


@app.task(bind=True, name="work", max_retries=3)
def work(self, name, seconds, how="succeed"):
    """Takes `seconds`, then does what `how` says: succeed, fail, die, or retry once."""
    note("start", name, os.getpid())
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.02)
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    note("end", name, os.getpid())
    if how == "fail":
        raise ValueError("as ordered")
    if how == "retry" and self.request.retries == 0:
        raise self.retry(countdown=0.1)
    return name
