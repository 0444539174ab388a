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
from celery.worker.heartbeat import Heart
from kombu.transport.redis import Channel, QoS, get_redis_error_classes
from kombu.utils.json import dumps

from . import heartbeat, redelivery, transport

logger = get_logger(__name__)
held = {}  # delivery tag → request; None until Celery has made one of the message, and for one that it refuses
owed = set()  # tags whose acknowledgement the broker could not be told yet
popped = {}  # tag → message that left its queue when the connection was lost, and that no hash holds

OUTAGE = sum(get_redis_error_classes(), ())
FAREWELL = 10  # seconds that a worker which leaves waits for the broker
send_heartbeat = Heart._send
TIMERS = ("_on_soft_timeout", "_on_hard_timeout", "apply_eta_task", "_limit_post_eta")  # of tasks, not of a connection


class LeasedQoS(QoS):
    """Knows what the worker holds, over all its connections."""

    def append(self, message, delivery_tag):
        held[delivery_tag] = None
        try:
            super().append(message, delivery_tag)
        except OUTAGE:
            del held[delivery_tag]
            popped[delivery_tag] = message
            raise

    def ack(self, delivery_tag):
        held.pop(delivery_tag, None)
        try:
            super().ack(delivery_tag)
        except Exception:  # no broker, or the channel of a connection that was lost
            self._quick_ack(delivery_tag)
            owed.add(delivery_tag)

    def reject(self, delivery_tag, requeue=False):
        request = held.get(delivery_tag)
        if requeue and request and state.should_terminate is not None:
            return  # its process died because the worker has to go: it is handed back like all that is held
        super().reject(delivery_tag, requeue=requeue)
        held.pop(delivery_tag, None)
        if requeue and not request:  # it came when nobody consumed any more
            with self.channel.conn_or_acquire() as client:
                forgive(client, self._delivered[delivery_tag])

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


def put_back(channel, client, tag, message):
    """Returns a popped message to its queue, once, even where the broker recorded it and only its answer was lost."""
    info = message.delivery_info
    record = dumps([message._raw, info["exchange"], info["routing_key"]])
    client.pipeline().zadd(channel.unacked_index_key, {tag: 0}).hset(channel.unacked_key, tag, record).execute()
    channel.qos.restore_by_tag(tag, client, leftmost=True)
    forgive(client, message)


def forgive(client, message):
    """Nobody took the message, which is not its fault. A delivery that came back before was counted there."""
    if not message.delivery_info.get("redelivered"):
        redelivery.count(client, message.headers["id"], -1)


def running(request):
    """Whether a request waits or runs. One whose end was lost on the way is left to the visibility timeout."""
    result = request._apply_result
    return not result or (result() is not None and not result().ready())


def clear(timer):
    """In place of Timer.clear, which forgets at a lost connection the time limits and what waits for its time."""
    for _, _, entry in tuple(timer._queue):
        if getattr(entry.fun, "__name__", None) not in TIMERS:
            entry.cancel()


def keep(consumer):
    """In place of Consumer.on_close, which forgets what the pool works on: at a lost connection, and when a drain begins."""
    consumer.timer.clear()
    pool = consumer.pool._pool
    for job in tuple(pool._cache.values()):
        writer = job._writer and job._writer()
        if writer in pool._active_writers:
            pool._flush_writer(job._write_to, writer)  # completes what is half written


class Lease(bootsteps.StartStopStep):
    """The thread that renews; a part of the consumer, which starts it when connected and ends it after the pool."""

    requires = ("celery.worker.consumer.tasks:Tasks",)
    every = 10  # seconds between two renewals
    since = None  # since when the broker answers, on the monotonic clock

    def __init__(self, consumer, **options):
        super().__init__(consumer, **options)
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, args=(consumer.app,), name="lease", daemon=True)
        consumer.timer.clear = lambda: clear(consumer.timer)
        consumer.on_close = consumer.blueprint.on_close = lambda: keep(consumer)
        heartbeat.turned = time.monotonic()

        def hurry(how, **_):
            """Celery 5.4 does not hear SIGQUIT while SIGTERM makes it wait for its tasks."""
            for process in consumer.pool._pool._pool if how == "Cold" and celery.VERSION < (5, 5) else ():
                process.terminate()

        signals.worker_shutting_down.connect(hurry, weak=False)

    def start(self, consumer):
        self.thread.ident or self.thread.start()
        # Each of them lowers the new connection's prefetch count when its time comes.
        later = [one for one in held.copy().values() if one and one.eta and not one._apply_result]
        consumer.qos.increment_eventually(len(later))

    def shutdown(self, consumer):
        self.over.set()
        self.thread.ident and self.thread.join(FAREWELL)

    def run(self, app):
        while not self.over.is_set() or held or owed or popped:
            try:
                with app.connection_for_write(transport_options={"socket_timeout": 5}) as connection:
                    self.serve(connection.channel())
            except Exception as error:
                if Lease.since or not isinstance(error, OUTAGE):
                    logger.warning("The broker does not answer; running tasks go on: %r", error)
                Lease.since = None
                if isinstance(error, OUTAGE):
                    heartbeat.turned = time.monotonic()
                    heartbeat.beat()  # no outage may end the worker
                time.sleep(1)

    def serve(self, channel):
        """Renews until the broker is lost, or the pool has ended: then what is still held goes back to its queue."""
        over = False
        while not over:
            over = self.over.is_set()
            with channel.conn_or_acquire() as client:
                client.ping()  # an idle worker, too, has to know whether there is a broker
                for tag, message in tuple(popped.items()):
                    put_back(channel, client, tag, message)
                    del popped[tag]
                for tag in tuple(owed):
                    channel.qos._remove_from_indices(tag).execute()
                    owed.discard(tag)
                tags = [tag for tag, request in held.copy().items() if request and (over or running(request))]
                for tag in tags if over else ():
                    channel.qos.restore_by_tag(tag, client)
                    redelivery.count(client, held.pop(tag).id, -1)  # to leave is not the task's fault
                if tags and not over:
                    client.zadd(channel.unacked_index_key, dict.fromkeys(tags, time.time()), xx=True)
            heartbeat.turned = time.monotonic()
            Lease.since = Lease.since or heartbeat.turned
            self.over.wait(Lease.every)


def tell_once(heart, event, retry=False):
    """In place of Heart._send, which in an outage holds the event loop: it tries until the broker is back."""
    send_heartbeat(heart, event, retry=False)  # what cannot be sent is kept by the dispatcher


def connect(env):
    """Makes every channel of this process a leased one, and the lease a part of its consumer."""
    Lease.every = min(Lease.every, int(env[transport.REDELIVER_AFTER]) / 6)
    Channel.QoS = LeasedQoS
    Heart._send = tell_once
    signals.celeryd_init.connect(lambda instance, **_: instance.app.steps["consumer"].add(Lease), weak=False)
    signals.task_received.connect(lambda request, **_: held.update({request.message.delivery_tag: request}), weak=False)
