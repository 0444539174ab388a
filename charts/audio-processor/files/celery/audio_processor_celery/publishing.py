"""The `sent_at` header of each task, and how long each kind of process waits for a broker that does not answer.

API: it publishes inside its event loop, so that while it waits it serves no other request. It tries once, briefly.
Worker, main process: a drain waits for it. It retries to store a result for about a second, and publishes no task.
Worker, child processes: nothing else waits for them. They retry until their result, or the retry of a task, is stored.
Beat, Flower and commands: Celery's defaults.
"""

import time

from celery import current_app, signals

ROLE = "AUDIO_PROCESSOR_ROLE"

NO_RETRY = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0}
RETRY_BRIEFLY = {"max_retries": 2, "interval_start": 0, "interval_step": 0.5, "interval_max": 0.5}
RETRY_FOREVER = {"max_retries": None, "interval_start": 0, "interval_step": 1, "interval_max": 5}
API_SOCKET_TIMEOUTS = {"socket_connect_timeout": 0.3, "socket_timeout": 0.8}  # seconds


def is_api(env):
    """Returns whether this process belongs to the API."""
    return env.get(ROLE) == "api"


def connect():
    """Connects the signals that add `sent_at` (Unix seconds) to each published task and make child processes retry."""

    def retry_result_backend(**_):
        """In a child process: retries every connection error of the result backend, at most 2 s apart."""
        backend = current_app.backend
        backend.always_retry, backend.max_sleep_between_retries_ms = True, 2000
        backend.exception_safe_to_retry = lambda error: isinstance(error, backend.connection_errors)

    signals.before_task_publish.connect(lambda headers, **_: headers.update(sent_at=time.time()), weak=False)
    signals.worker_process_init.connect(retry_result_backend, weak=False)
