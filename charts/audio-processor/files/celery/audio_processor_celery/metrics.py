"""Prometheus metrics of a worker: starts, ends and durations of tasks, redeliveries, and whether it consumes.

A child process counts the tasks that it runs. The main process counts what no child observes: tasks that were killed,
revoked or redelivered. Each writes its own files in PROMETHEUS_MULTIPROC_DIR, named by slots.py; the sidecar sums them.
The files are in memory, so a process writes only the series that it uses. The initial zeros are in files of pid 0.
Metrics must never affect a task: an error here is logged once, and the sample is lost.
"""

import functools
import os
import tempfile
import threading
import time
from weakref import WeakValueDictionary

from celery import bootsteps, signals
from celery.utils.log import get_logger

from . import slots

TASK_DURATION_BUCKETS = "AUDIO_PROCESSOR_TASK_DURATION_BUCKETS"
# Upper bounds of the buckets of waits, and by default of durations, in seconds; the client adds +Inf.
DEFAULT_BUCKETS = (1, 5, 15, 30, 60, 120, 300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200)
STATES = ("success", "failure", "retry", "revoked")

logger = get_logger(__name__)
metrics = None  # Metrics, in a worker that has metrics
running_task = {}  # in a child process: its latest task id → (queue, monotonic time of its start)
requests = WeakValueDictionary()  # in the main process: task id → Request
# The lease thread writes too. A child that is forked while the thread has the client's lock could never write.
write_lock = threading.Lock()
logged_errors = set()  # (function name, exception type)


def never_raises(update):
    """Decorator of what Celery or another module calls: an error is logged once per function and type, not raised."""

    @functools.wraps(update)
    def wrapper(*args, **kwargs):
        try:
            return update(*args, **kwargs)
        except Exception as error:
            key = update.__name__, type(error)
            if key not in logged_errors:
                logged_errors.add(key)
                logger.warning("A metric was not updated: %s: %r", update.__name__, error)

    return wrapper


def task_duration_buckets(env):
    """Returns the bucket bounds of task durations, in seconds: of the environment variable, else DEFAULT_BUCKETS.

    Raises ValueError unless they are whole seconds above 0, in ascending order, separated by commas.
    """
    text = env.get(TASK_DURATION_BUCKETS, "")
    if not text:
        return DEFAULT_BUCKETS
    parts = text.split(",")
    bounds = tuple(int(part) for part in parts if part.isascii() and part.isdigit())
    is_ascending = all(low < high for low, high in zip((0, *bounds), bounds))
    if len(bounds) < len(parts) or not is_ascending:
        raise ValueError(
            f"{TASK_DURATION_BUCKETS} is {text!r}: set whole seconds in ascending order, separated by commas, "
            "for example 1,60,3600"
        )
    return bounds


def make(kind, name, text, labels=("queue",), **options):
    return kind(f"celery_worker_{name}", text, labels, registry=None, **options)


class Metrics:
    """The metrics. They are in no registry, because the application's registry may have the same names."""

    def __init__(self):
        from prometheus_client import Counter, Gauge, Histogram

        buckets = task_duration_buckets(os.environ)
        self.started = make(Counter, "tasks_started", "Starts of tasks")
        self.finished = make(Counter, "tasks_finished", "Ends of tasks, by state", ("queue", "state"))
        self.redelivered = make(Counter, "tasks_redelivered", "Redeliveries of tasks whose worker or process died")
        self.quarantined = make(Counter, "tasks_quarantined", "Tasks moved to the dead-letter queue dead:<queue>")
        self.duration = make(Histogram, "task_seconds", "Duration of a task run", buckets=buckets)
        self.wait = make(Histogram, "task_wait_seconds", "Time from publishing to start", buckets=DEFAULT_BUCKETS)
        self.consuming = make(Gauge, "queue_consumed", "1 while the worker consumes", multiprocess_mode="livemax")

    @functools.cached_property
    def heartbeat(self):
        """Created at the first heartbeat: a gauge without labels is exposed as 0 as soon as it exists."""
        from prometheus_client import Gauge

        text = "Time of the worker's last heartbeat, in Unix seconds"
        return make(Gauge, "heartbeat_timestamp_seconds", text, (), multiprocess_mode="livemax")


@never_raises
def create_series(queues):
    """Creates every series of these queues with value 0: rate() misses the first increase of a series that is new."""
    from prometheus_client import values

    original_class, values.ValueClass = values.ValueClass, values.MultiProcessValue(lambda: 0)
    try:
        zeros = Metrics()
        for queue in queues:
            for metric in (zeros.started, zeros.redelivered, zeros.quarantined, zeros.duration, zeros.wait):
                metric.labels(queue)
            for state in STATES:
                zeros.finished.labels(queue, state)
    finally:
        values.ValueClass = original_class


class Consuming(bootsteps.StartStopStep):
    """A step of the consumer: started when it consumes, stopped when it drains or has lost the broker."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer, **options):
        super().__init__(consumer, **options)
        self.queues = list(consumer.app.amqp.queues.consume_from)
        create_series(self.queues)

    def start(self, consumer):
        self.set_consuming(1)

    def stop(self, consumer):
        self.set_consuming(0)

    @never_raises
    def set_consuming(self, value):
        for queue in self.queues:
            metrics.consuming.labels(queue).set(value)


@never_raises
def set_heartbeat():
    """The event loop sent its heartbeat, or in an outage the lease thread did."""
    if metrics:
        with write_lock:
            metrics.heartbeat.set(time.time())


@never_raises
def redelivered(queue):
    """A task was redelivered because its worker or process died."""
    if metrics:
        metrics.redelivered.labels(queue).inc()


@never_raises
def quarantined(queue):
    """A task was moved to `dead:<queue>`."""
    if metrics:
        metrics.quarantined.labels(queue).inc()


@never_raises
def task_started(task_id, task, **_):
    """In a child process, before a task runs."""
    request = task.request
    if request.is_eager:
        return
    info = request.delivery_info
    queue = info["routing_key"]
    running_task.clear()
    running_task[task_id] = queue, time.monotonic()
    metrics.started.labels(queue).inc()
    sent_at = request.get("sent_at")
    # Not for a countdown, a retry or a redelivery: they wait for more than a free process.
    if sent_at and not request.eta and not info.get("redelivered"):
        metrics.wait.labels(queue).observe(max(0, time.time() - sent_at))


@never_raises
def task_ended(task_id, state, **_):
    """In a child process, after a task ran. `state` is None if the process is being terminated."""
    if state and task_id in running_task:
        queue, started_at = running_task[task_id]
        metrics.duration.labels(queue).observe(time.monotonic() - started_at)


@never_raises
def count_end(state, task_id):
    """Counts the end of a task: in its child process, or in the main process if the child was killed.

    In the main process at most once per request: Celery 5.7 may send the signal twice.
    """
    if task_id in running_task:
        metrics.finished.labels(running_task[task_id][0], state).inc()
    elif request := requests.pop(task_id, None):
        queue = request.delivery_info["routing_key"]
        metrics.finished.labels(queue, state).inc()
        if request.time_start:
            metrics.duration.labels(queue).observe(time.time() - request.time_start)


@never_raises
def task_retried(request, einfo=None, **_):
    """Without `einfo` a stopping worker returned the task to its queue: that is not an end."""
    if einfo:
        count_end("retry", request.id)


@never_raises
def task_received(request, **_):
    requests[request.id] = request


def warn_if_disabled(**_):
    """In a child process, when it starts."""
    if slots.disabled:
        logger.warning("No metrics in this process: less than 1 MiB is free in %s", slots.directory)


@never_raises
def begin(instance, **_):
    """In a worker, before it forks. Not at import: a command beside the worker must not create files."""
    global metrics
    try:
        slots.install()
        if not slots.check_free_space():
            raise OSError(f"less than 1 MiB is free in {slots.directory}")
        with tempfile.TemporaryFile(dir=slots.directory):  # if it is not writable: one log line, not one per process
            metrics = Metrics()
    except Exception as error:
        line = f"No task metrics: {error!r}"
        signals.worker_ready.connect(lambda **_: logger.warning(line), weak=False)
        return
    os.register_at_fork(
        before=write_lock.acquire, after_in_parent=write_lock.release, after_in_child=write_lock.release
    )
    instance.app.steps["consumer"].add(Consuming)
    signals.worker_process_init.connect(warn_if_disabled, weak=False)
    signals.task_prerun.connect(task_started, weak=False)
    signals.task_postrun.connect(task_ended, weak=False)
    signals.task_success.connect(lambda sender, **_: count_end("success", sender.request.id), weak=False)
    signals.task_failure.connect(lambda task_id, **_: count_end("failure", task_id), weak=False)
    signals.task_retry.connect(task_retried, weak=False)
    signals.task_revoked.connect(lambda request, **_: count_end("revoked", request.id), weak=False)


def connect(env):
    """Connects the metrics in a worker that has PROMETHEUS_MULTIPROC_DIR and whose image has prometheus_client.

    Call it before redelivery.connect: both use task_received, and a quarantined task fails inside that signal.
    """
    if env.get(slots.DIRECTORY):
        signals.celeryd_init.connect(begin, weak=False)
        signals.task_received.connect(task_received, weak=False)
