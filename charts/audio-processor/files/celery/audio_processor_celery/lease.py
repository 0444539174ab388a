"""The lease: as long as a worker holds a task, it renews the task's score in `unacked_index:<pool>`.

So the visibility timeout need not be longer than the longest task: it is the time within which a worker that lives
must reach the broker once. A lost connection changes nothing about the tasks that a worker holds; Celery alone would
put running ones back, forget their results and time limits, and never acknowledge them.
"""

import threading
import time

import celery
from celery import bootsteps, signals
from celery.utils.log import get_logger
from celery.worker import state
from kombu.transport.redis import Channel, QoS

from . import heartbeat, redelivery, transport

logger = get_logger(__name__)

held = {}  # delivery tag → request; None until Celery has made one of the message
owed = {}  # delivery tag → (requeue, request): what the broker could not be told yet
due = threading.Event()  # wakes the thread before its next turn

EVERY = 10  # seconds between two renewals, at most
FAREWELL = 10  # seconds that a worker which leaves waits for the broker
TIMERS = ("_on_soft_timeout", "_on_hard_timeout", "apply_eta_task", "_limit_post_eta")  # of tasks, not of a connection


class LeasedQoS(QoS):
    """Knows what the worker holds, over all its connections."""

    def append(self, message, delivery_tag):
        held[delivery_tag] = None
        super().append(message, delivery_tag)

    def ack(self, delivery_tag):
        self._settle(delivery_tag, super().ack)

    def reject(self, delivery_tag, requeue=False):
        if requeue and state.should_terminate is not None:
            return  # this worker's end is not the task's fault: it is handed back like all that is held
        self._settle(delivery_tag, super().reject, requeue=requeue)

    def _settle(self, tag, tell, **options):
        held.pop(tag, None)
        try:
            tell(tag, **options)
        except Exception:  # no broker, or the channel of a connection that was lost
            self._quick_ack(tag)
            owed[tag] = options.get("requeue", False), None
            due.set()

    def can_consume(self):
        """What runs since before a lost connection takes its place as well."""
        return not self.prefetch_count or len(held) < self.prefetch_count

    def restore_unacked_once(self, stderr=None):
        """A channel closes when its connection is lost, which changes nothing, or after the lease's own farewell."""
        self._on_collect.cancel()

    def restore_visible(self, start=0, num=10, interval=10):
        """Looks for tasks of lost workers; after an outage only when every worker has had the time to renew."""
        if Lease.since and time.monotonic() - Lease.since > 3 * Lease.every:
            super().restore_visible(start, num, interval=1)


def running(request):
    """Whether a request waits or runs. One whose end was lost on the way is left to the visibility timeout."""
    result = request and request._apply_result
    return not result or (result() is not None and not result().ready())


def clear(timer):
    """In place of Timer.clear, which forgets at a lost connection the time limits and what waits for its time."""
    for _, _, entry in tuple(timer._queue):
        if getattr(entry.fun, "__name__", None) not in TIMERS:
            entry.cancel()


def keep(consumer):
    """In place of Consumer.on_close, which forgets at a lost connection what the pool works on."""
    consumer.timer.clear()
    pool = consumer.pool._pool
    jobs, unsent = dict(pool._cache), tuple(pool.outbound_buffer)
    pool.flush()  # completes what is half written
    jobs = {number: job for number, job in jobs.items() if not job.ready()}
    pool._cache.update(jobs)
    pool.outbound_buffer.extend(unsent)
    at = (job._write_to or job._scheduled_for for job in jobs.values())
    pool._busy_workers.update(process.inqW_fd for process in at if process and process._is_alive())


class Lease(bootsteps.StartStopStep):
    """The thread that renews; a part of the consumer, which starts it when connected and ends it after the pool."""

    requires = ("celery.worker.consumer.tasks:Tasks",)
    every = EVERY
    since = None  # since when the broker answers, on the monotonic clock

    def __init__(self, consumer, **options):
        super().__init__(consumer, **options)
        self.ended = False
        self.thread = threading.Thread(target=self.run, args=(consumer.app,), name="lease", daemon=True)
        consumer.timer.clear = lambda: clear(consumer.timer)
        consumer.on_close = lambda: keep(consumer)
        self.pool = consumer.pool
        if celery.VERSION < (5, 5):
            signals.worker_shutting_down.connect(self.hurry, weak=False)

    def hurry(self, how, **_):
        """Celery 5.4 does not hear SIGQUIT while SIGTERM makes it wait for its tasks."""
        for process in self.pool._pool._pool if how == "Cold" else ():
            process.terminate()

    def start(self, consumer):
        if not self.thread.ident:
            self.thread.start()
        # Each of them lowers the new connection's prefetch count when its time comes.
        later = [one for one in held.copy().values() if one and one.eta and not one._apply_result]
        consumer.qos.increment_eventually(len(later))

    def shutdown(self, consumer):
        """The pool has ended: what is still held goes back to its queue, if the broker can be reached."""
        owed.update({tag: (True, request) for tag, request in held.items()})
        held.clear()
        self.ended = True
        due.set()
        self.thread.ident and self.thread.join(FAREWELL)

    def run(self, app):
        while owed or not self.ended:
            try:
                with app.connection_for_write(transport_options={"socket_timeout": 5}) as connection:
                    outage = connection.recoverable_connection_errors + connection.recoverable_channel_errors
                    self.serve(connection.channel())
            except outage as error:
                if Lease.since:
                    logger.warning("The broker does not answer; running tasks go on: %s", error)
                Lease.since = None
                heartbeat.turned = time.monotonic()
                heartbeat.beat()  # no outage may end the worker
                time.sleep(1)
            except Exception:
                logger.exception("The lease could not be renewed")
                time.sleep(Lease.every)

    def serve(self, channel):
        """Renews until the broker is lost or nothing is left to do."""
        while True:
            due.clear()
            with channel.conn_or_acquire() as client:
                client.ping()  # an idle worker, too, has to know whether there is a broker
                for tag, (requeue, request) in owed.copy().items():
                    if requeue:
                        channel.qos.restore_by_tag(tag, client, leftmost=not request)
                    else:
                        channel.qos._remove_from_indices(tag).execute()
                    if request:
                        redelivery.forgive(client, request.id)
                    del owed[tag]
                tags = [tag for tag, request in held.copy().items() if running(request)]
                if tags:
                    client.zadd(channel.unacked_index_key, dict.fromkeys(tags, time.time()), xx=True)
            Lease.since = Lease.since or time.monotonic()
            heartbeat.turned = time.monotonic()
            if self.ended:
                return
            due.wait(Lease.every)


def received(request, **_):
    held[request.message.delivery_tag] = request


def connect(env):
    """Makes every channel of a worker a leased one, before there is any."""
    Lease.every = min(EVERY, int(env[transport.REDELIVER_AFTER]) / 6)

    def install(instance, **_):
        Channel.QoS = LeasedQoS
        instance.app.steps["consumer"].add(Lease)
        heartbeat.turned = time.monotonic()

    signals.celeryd_init.connect(install, weak=False)
    signals.task_received.connect(received, weak=False)
