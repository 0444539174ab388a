"""What is added to a task when it is sent, and how long a process waits for a broker that does not answer."""

import time

from celery import current_app, signals

from . import transport

ROLE = "AUDIO_PROCESSOR_ROLE"

# The API publishes inside its event loop: while it waits for the broker, it answers nobody.
ONCE = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0}
BRIEF = {"socket_connect_timeout": 0.3, "socket_timeout": 0.8}
# The main process of a worker may not wait long: a drain waits for it.
SHORT = {"max_retries": 2, "interval_start": 0, "interval_step": 0.5, "interval_max": 0.5}
# Its children have nothing better to do than to wait until a result or a retry can be kept.
ENDLESS = {"max_retries": None, "interval_start": 0, "interval_step": 1, "interval_max": 5}


def settings(env, broker):
    """Returns Celery's settings about waiting, and extends `broker`, the options of the transport."""
    if env.get(ROLE) == "api":
        broker.update(ONCE, **BRIEF)
        stores = {f"redis_{name}": seconds for name, seconds in BRIEF.items()}
        return {"task_publish_retry_policy": ONCE, "result_backend_transport_options": {"retry_policy": ONCE}, **stores}
    if env.get(transport.POOL):
        return {"task_publish_retry_policy": ENDLESS, "result_backend_transport_options": {"retry_policy": SHORT}}
    return {"result_backend_transport_options": {}}


def connect():
    """Stamps each task with the time of sending, in Unix seconds, and makes a worker's children patient."""

    def wait(**_):
        backend = current_app.backend
        backend.always_retry, backend.max_sleep_between_retries_ms = True, 2000
        backend.exception_safe_to_retry = lambda error: isinstance(error, backend.connection_errors)

    signals.before_task_publish.connect(lambda headers, **_: headers.update(sent_at=time.time()), weak=False)
    signals.worker_process_init.connect(wait, weak=False)
