"""The ledger: one S3 object per start and per end of an attempt, so that tests can count what was lost or doubled.

Key: `ledger/<task id>/<nanoseconds since 1970, 20 digits>-<start|end>-<execution>.json`. Keys sort by time, have a
random part and are never written twice. The outcome of an end is `succeeded`, `failed` (an exception) or `interrupted`
(SIGTERM to the child process). An execution without an end was killed. Two that succeeded mean that the task ran twice.
"""

import os
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from ..utils.clock import utc_now_z


@contextmanager
def ledger(request, switched_on: bool) -> Iterator[None]:
    """Records the execution of a Celery task around its body. Nothing is written unless switched on.

    A ledger that cannot be written fails the task: a count with holes would prove nothing.
    """
    if not switched_on:
        yield
        return
    record = _recorder(request)
    begun = time.monotonic()
    record("start", {})
    outcome = {"outcome": "succeeded"}
    try:
        yield
    except BaseException as error:
        # Celery ends a child process by SIGTERM, which becomes SystemExit: a cold shutdown or the hard time limit.
        kind = "failed" if isinstance(error, Exception) else "interrupted"
        outcome = {"outcome": kind, "error": f"{type(error).__name__}: {error}"}
        raise
    finally:
        record("end", {**outcome, "seconds": round(time.monotonic() - begun, 3)})


def _recorder(request):
    from ..storage.s3 import S3Storage

    storage = S3Storage()
    execution = uuid.uuid4().hex[:12]
    delivery = request.delivery_info or {}
    facts = {
        "task_id": request.id,
        "task": request.task,
        "queue": delivery.get("routing_key"),
        "redelivered": bool(delivery.get("redelivered")),
        "attempt": request.retries + 1,
        "execution": execution,
        "pod": os.environ.get("HOSTNAME") or socket.gethostname(),
        "pid": os.getpid(),
    }

    def record(event: str, more: dict) -> None:
        key = f"ledger/{request.id}/{time.time_ns():020d}-{event}-{execution}.json"
        storage.put_json(key, {"event": event, "at": utc_now_z(), **facts, **more})

    return record
