"""The lease: a worker renews the scores of its unacknowledged messages in `unacked_index:<pool>` every 10 seconds.

With kombu's Redis transport a message whose score is older than the visibility timeout is redelivered. With a lease the
timeout need not exceed the longest task. It only limits how long a live worker may be unable to reach the broker.

A lost connection does not affect the tasks of a worker. Without the lease Celery would return running tasks to their
queue, drop their results and time limits, and never acknowledge them.

It replaces kombu's QoS (LeasedQoS) and Timer.clear, and Celery's Consumer.on_close and Heart._send.
versions.py lists the private names that this module needs.
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

# Shared by the event loop and the lease thread. All survive a lost connection.
unacked = {}  # delivery tag → Request; None before Celery has created one, and for a message that it rejects
unsent_acks = set()  # delivery tags whose acknowledgement could not be sent yet
unrecorded = {}  # delivery tag → message that left its queue, but was not recorded in the hash `unacked:<pool>`

CONNECTION_ERRORS = sum(get_redis_error_classes(), ())
DRAIN_TIMEOUT = 10  # seconds that a stopping worker waits for the broker, to return its messages
SOCKET_TIMEOUT = 5  # seconds, of the lease thread's connection
RECONNECT_INTERVAL = 1  # seconds

# Timers that belong to tasks, by the names of their functions: time limits, countdowns, rate limits.
TASK_TIMERS = ("_on_soft_timeout", "_on_hard_timeout", "apply_eta_task", "_limit_post_eta")

heart_send = Heart._send


class LeasedQoS(QoS):
    """kombu's QoS, which also tracks the unacknowledged messages of this worker over all of its connections."""

    def append(self, message, delivery_tag):
        """Records a received message in the hash `unacked:<pool>`; raises CONNECTION_ERRORS if that fails."""
        unacked[delivery_tag] = None
        try:
            super().append(message, delivery_tag)
        except CONNECTION_ERRORS:
            del unacked[delivery_tag]
            unrecorded[delivery_tag] = message
            raise

    def ack(self, delivery_tag):
        """Acknowledges a message, or leaves that to the lease thread; never raises."""
        unacked.pop(delivery_tag, None)
        try:
            super().ack(delivery_tag)
        except Exception:  # no broker, or the channel belongs to a lost connection
            self._quick_ack(delivery_tag)
            unsent_acks.add(delivery_tag)

    def reject(self, delivery_tag, requeue=False):
        """Returns a message to its queue, or drops it. If its child process died, the redelivery counts."""
        request = unacked.get(delivery_tag)
        if requeue and request and state.should_terminate is not None:
            return  # a cold shutdown killed its process: the lease thread returns it with all other messages
        super().reject(delivery_tag, requeue=requeue)
        unacked.pop(delivery_tag, None)
        if requeue and not request:  # it was delivered after the consumers were cancelled
            with self.channel.conn_or_acquire() as client:
                uncount_redelivery(client, self._delivered[delivery_tag])

    def can_consume(self):
        """Counts the tasks that were received over an earlier connection too."""
        return not self.prefetch_count or len(unacked) < self.prefetch_count

    def restore_unacked_once(self, stderr=None):
        """Returns nothing to the queues. kombu calls this when a channel closes.

        After a lost connection the tasks continue. At shutdown the lease thread has already returned what was left.
        """
        self._on_collect.cancel()

    def restore_visible(self, start=0, num=10, interval=10):
        """Redelivers expired messages, but after an outage only when every worker has had time to renew its own.

        kombu calls this every 10 s and acts on each tenth call; here it acts on each call.
        """
        connected_since = Lease.connected_since
        if connected_since and time.monotonic() - connected_since > 3 * Lease.renewal_interval:
            super().restore_visible(start, num, interval=1)


def requeue_unrecorded(channel, client, tag, message):
    """Returns a message to its queue that a lost connection left in neither the queue nor the hash.

    It is recorded first. So it is returned once, even if the broker had recorded it and only the reply was lost.
    """
    info = message.delivery_info
    record = dumps([message._raw, info["exchange"], info["routing_key"]])
    client.pipeline().zadd(channel.unacked_index_key, {tag: 0}).hset(channel.unacked_key, tag, record).execute()
    channel.qos.restore_by_tag(tag, client, leftmost=True)
    uncount_redelivery(client, message)


def uncount_redelivery(client, message):
    """Subtracts in advance the redelivery that will be counted: no worker ran the task, so it did not fail.

    If the message was already a redelivery, nothing is subtracted: that one was not counted yet, and the next one is.
    """
    if not message.delivery_info.get("redelivered"):
        redelivery.add_to_count(client, message.headers["id"], -1)


def is_unfinished(request):
    """Returns whether a task waits or runs.

    False if the pool has dropped or finished it without an acknowledgement: then the visibility timeout applies.
    """
    result = request._apply_result  # weak reference to billiard's ApplyResult; None before the pool has the task
    return not result or (result() is not None and not result().ready())


def cancel_connection_timers(timer):
    """Replaces Timer.clear, which Celery calls when a connection is lost: it would drop time limits and countdowns."""
    for _, _, entry in tuple(timer._queue):
        if getattr(entry.fun, "__name__", None) not in TASK_TIMERS:
            entry.cancel()


def preserve_pool_on_close(consumer):
    """Replaces Consumer.on_close, which drops the pool's running tasks when a connection is lost or a drain begins."""
    consumer.timer.clear()
    pool = consumer.pool._pool
    for job in tuple(pool._cache.values()):
        writer = job._writer and job._writer()
        if writer in pool._active_writers:
            pool._flush_writer(job._write_to, writer)  # finishes sending a task that a child has received in part


class Lease(bootsteps.StartStopStep):
    """The thread that renews. A step of the consumer: it starts with the first connection and stops after the pool."""

    requires = ("celery.worker.consumer.tasks:Tasks",)
    renewal_interval = 10  # seconds
    connected_since = None  # monotonic time of the first renewal since the last outage; None while there is no broker

    def __init__(self, consumer, **options):
        super().__init__(consumer, **options)
        self.pool_stopped = threading.Event()
        self.thread = threading.Thread(target=self.run, args=(consumer.app,), name="lease", daemon=True)
        consumer.timer.clear = lambda: cancel_connection_timers(consumer.timer)
        consumer.on_close = consumer.blueprint.on_close = lambda: preserve_pool_on_close(consumer)
        heartbeat.last_renewal = time.monotonic()

        def terminate_on_cold_shutdown(how, **_):
            """Celery 5.4 ignores SIGQUIT while a warm shutdown (SIGTERM) waits for running tasks."""
            for process in consumer.pool._pool._pool if how == "Cold" and celery.VERSION < (5, 5) else ():
                process.terminate()

        signals.worker_shutting_down.connect(terminate_on_cold_shutdown, weak=False)

    def start(self, consumer):
        """Called after each connect. Starts the thread once, and restores the prefetch count."""
        self.thread.ident or self.thread.start()
        # A task with a countdown raises the prefetch count by 1 until it is due. A new connection starts without that.
        scheduled = [one for one in unacked.copy().values() if one and one.eta and not one._apply_result]
        consumer.qos.increment_eventually(len(scheduled))

    def shutdown(self, consumer):
        """Called after the pool has stopped."""
        self.pool_stopped.set()
        self.thread.ident and self.thread.join(DRAIN_TIMEOUT)

    def run(self, app):
        """Connects, again after each outage, until the pool has stopped and nothing is left to send."""
        while not self.pool_stopped.is_set() or unacked or unsent_acks or unrecorded:
            try:
                options = {"socket_timeout": SOCKET_TIMEOUT}
                with app.connection_for_write(transport_options=options) as connection:
                    self.renew_until_disconnected(connection.channel())
            except Exception as error:
                was_connected, Lease.connected_since = Lease.connected_since, None
                if not isinstance(error, CONNECTION_ERRORS):
                    logger.warning("The lease failed and starts again: %r", error)
                else:
                    if was_connected:  # an outage is logged once
                        logger.warning("The lease cannot reach the broker; running tasks continue: %r", error)
                    # An outage must not fail the liveness probe, which would kill the running tasks.
                    heartbeat.last_renewal = time.monotonic()
                    heartbeat.touch()
                time.sleep(RECONNECT_INTERVAL)

    def renew_until_disconnected(self, channel):
        """Every interval, sends what is pending and renews. Returns after the last round, when the pool has stopped.

        Raises CONNECTION_ERRORS when the broker is lost.
        """
        last_round = False
        while not last_round:
            last_round = self.pool_stopped.is_set()
            with channel.conn_or_acquire() as client:
                client.ping()  # an idle worker must notice an outage too
                for tag, message in tuple(unrecorded.items()):
                    requeue_unrecorded(channel, client, tag, message)
                    del unrecorded[tag]
                for tag in tuple(unsent_acks):
                    channel.qos._remove_from_indices(tag).execute()
                    unsent_acks.discard(tag)
                requests = {tag: request for tag, request in unacked.copy().items() if request}
                if last_round:
                    return_to_queues(channel, client, requests)
                else:
                    renew(channel, client, [tag for tag, request in requests.items() if is_unfinished(request)])
            heartbeat.last_renewal = time.monotonic()
            Lease.connected_since = Lease.connected_since or heartbeat.last_renewal
            self.pool_stopped.wait(Lease.renewal_interval)


def renew(channel, client, tags):
    """Sets the scores of these delivery tags to now. `xx`: a message acknowledged meanwhile is not added again."""
    if tags:
        client.zadd(channel.unacked_index_key, dict.fromkeys(tags, time.time()), xx=True)


def return_to_queues(channel, client, requests):
    """Returns the messages of a stopped worker to their queues. It does not count as a redelivery of their tasks."""
    for tag in requests:
        channel.qos.restore_by_tag(tag, client)
        redelivery.add_to_count(client, unacked.pop(tag).id, -1)


def send_heartbeat_once(heart, event, retry=False):
    """Replaces Heart._send, which blocks the event loop in an outage: it retries until the broker is back.

    The event dispatcher keeps what it could not send.
    """
    heart_send(heart, event, retry=False)


def connect(env):
    """Installs the lease in this process: the QoS of every Redis channel, the consumer step, and the signal handler."""
    Lease.renewal_interval = min(Lease.renewal_interval, int(env[transport.REDELIVER_AFTER]) / 6)
    Channel.QoS = LeasedQoS
    Heart._send = send_heartbeat_once
    signals.celeryd_init.connect(lambda instance, **_: instance.app.steps["consumer"].add(Lease), weak=False)
    signals.task_received.connect(
        lambda request, **_: unacked.update({request.message.delivery_tag: request}), weak=False
    )
