"""What becomes of each task, and whether the worker consumes, for Prometheus.

A child counts what it runs; the main process what it alone sees: tasks that were killed, revoked or came again.
Each writes files of its own in PROMETHEUS_MULTIPROC_DIR, and the sidecar adds them up; a child those of its slot (slots.py).
They are memory of the worker, so that they hold no series that nobody uses: the zeros of all stand in files of no process.
Nothing here may change what becomes of a task: what goes wrong is said once, and not counted.
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

# Seconds; the chart allows as the limit of a slow task what stands here.
BUCKETS = (1, 5, 15, 30, 60, 120, 300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200)
STATES = ("success", "failure", "retry", "revoked")

logger = get_logger(__name__)
metrics = None  # in a worker that counts
ran = {}  # in a child: its latest task → queue, and start on the monotonic clock
requests = WeakValueDictionary()  # in the main process: task → request
writing = threading.Lock()  # held by the lease's thread while it writes: a child forked then could never write
said = set()  # kinds of failures that stand in the log


def harmless(count):
    """For all that is called from outside: a failure is one line in the log for each kind, and ends here."""

    @functools.wraps(count)
    def safe(*args, **kwargs):
        try:
            return count(*args, **kwargs)
        except Exception as error:
            kind = count.__name__, type(error)
            if kind not in said:
                said.add(kind)
                logger.warning("Not everything is counted: %s: %r", count.__name__, error)

    return safe


def make(kind, name, text, labels=("queue",), **options):
    return kind(f"celery_worker_{name}", text, labels, registry=None, **options)


class Metrics:
    """The metrics by themselves: in no registry, where one of the application's could have the same name."""

    def __init__(self):
        from prometheus_client import Counter, Gauge, Histogram

        self.started = make(Counter, "tasks_started", "Starts of a task in a process")
        self.finished = make(Counter, "tasks_finished", "Ends of a task", ("queue", "state"))
        self.redelivered = make(Counter, "tasks_redelivered", "Tasks that came again after their worker or process died")
        self.quarantined = make(Counter, "tasks_quarantined", "Tasks moved to dead:<queue>")
        self.seconds = make(Histogram, "task_seconds", "Time of a run", buckets=BUCKETS)
        self.waited = make(Histogram, "task_wait_seconds", "Time from sending to the start", buckets=BUCKETS)
        self.consumed = make(Gauge, "queue_consumed", "1 while the worker consumes", multiprocess_mode="livemax")

    @functools.cached_property
    def turned(self):
        """Made at the first beat, because it says 0 from its making on: it has no labels that could still be missing."""
        from prometheus_client import Gauge

        text = "When the event loop last turned, in Unix seconds"
        return make(Gauge, "heartbeat_timestamp_seconds", text, (), multiprocess_mode="livemax")


@harmless
def zero(queues):
    """Makes every series of these queues: the first increase of one that was not there before would be invisible."""
    from prometheus_client import values

    usual, values.ValueClass = values.ValueClass, values.MultiProcessValue(lambda: 0)
    try:
        every = Metrics()
        for queue in queues:
            for metric in (every.started, every.redelivered, every.quarantined, every.seconds, every.waited):
                metric.labels(queue)
            for state in STATES:
                every.finished.labels(queue, state)
    finally:
        values.ValueClass = usual


class Consuming(bootsteps.StartStopStep):
    """A part of the consumer: started when it consumes, stopped when it drains or has lost the broker."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer, **options):
        super().__init__(consumer, **options)
        self.queues = list(consumer.app.amqp.queues.consume_from)
        zero(self.queues)

    def start(self, consumer):
        self.say(1)

    def stop(self, consumer):
        self.say(0)

    @harmless
    def say(self, consumed):
        for queue in self.queues:
            metrics.consumed.labels(queue).set(consumed)


@harmless
def beat():
    """The event loop has turned, or in an outage the lease."""
    if metrics:
        with writing:
            metrics.turned.set(time.time())


@harmless
def redelivered(queue):
    """A task came again whose worker or process died."""
    if metrics:
        metrics.redelivered.labels(queue).inc()


@harmless
def quarantined(queue):
    """A task was moved to `dead:<queue>`."""
    if metrics:
        metrics.quarantined.labels(queue).inc()


@harmless
def started(task_id, task, **_):
    request = task.request
    if request.is_eager:
        return
    info = request.delivery_info
    queue = info["routing_key"]
    ran.clear()
    ran[task_id] = queue, time.monotonic()
    metrics.started.labels(queue).inc()
    sent_at = request.get("sent_at")
    if sent_at and not request.eta and not info.get("redelivered"):  # these wait for more than a free process
        metrics.waited.labels(queue).observe(max(0, time.time() - sent_at))


@harmless
def ended(task_id, state, **_):
    if state and task_id in ran:  # without a state the process was told to end
        queue, since = ran[task_id]
        metrics.seconds.labels(queue).observe(time.monotonic() - since)


@harmless
def finish(state, task_id):
    """Counts an end: in the child, or in the main process if the child could not, which Celery 5.7 may tell twice."""
    if task_id in ran:
        metrics.finished.labels(ran[task_id][0], state).inc()
    elif request := requests.pop(task_id, None):
        queue = request.delivery_info["routing_key"]
        metrics.finished.labels(queue, state).inc()
        if request.time_start:
            metrics.seconds.labels(queue).observe(time.time() - request.time_start)


@harmless
def retried(request, einfo=None, **_):
    if einfo:  # else a leaving worker hands the task back, which is no end
        finish("retry", request.id)


@harmless
def received(request, **_):
    requests[request.id] = request


def forked(**_):
    if slots.full:
        logger.warning("This process counts nothing: less than 1 MiB is free in %s", slots.directory)


@harmless
def begin(instance, **_):
    """In a worker before it forks: importing this module alone, as every command does, leaves no file."""
    global metrics
    try:
        slots.use()
        if not slots.has_room():
            raise OSError(f"less than 1 MiB is free in {slots.directory}")
        with tempfile.TemporaryFile(dir=slots.directory):  # else each process would find out for itself
            metrics = Metrics()
    except Exception as error:
        line = f"Tasks are not counted: {error!r}"
        signals.worker_ready.connect(lambda **_: logger.warning(line), weak=False)
        return
    os.register_at_fork(before=writing.acquire, after_in_parent=writing.release, after_in_child=writing.release)
    instance.app.steps["consumer"].add(Consuming)
    signals.worker_process_init.connect(forked, weak=False)
    signals.task_prerun.connect(started, weak=False)
    signals.task_postrun.connect(ended, weak=False)
    signals.task_success.connect(lambda sender, **_: finish("success", sender.request.id), weak=False)
    signals.task_failure.connect(lambda task_id, **_: finish("failure", task_id), weak=False)
    signals.task_retry.connect(retried, weak=False)
    signals.task_revoked.connect(lambda request, **_: finish("revoked", request.id), weak=False)


def connect(env):
    """Counts in a worker with PROMETHEUS_MULTIPROC_DIR whose image has prometheus_client.

    Before redelivery.connect: a task that is quarantined has to be known when it fails.
    """
    if env.get(slots.DIRECTORY):
        signals.celeryd_init.connect(begin, weak=False)
        signals.task_received.connect(received, weak=False)
