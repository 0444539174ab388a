"""The lease reaches into Celery and kombu. Where they are not those that it was tested with, it stays away."""

import celery
import kombu
from celery import signals
from celery.utils.log import get_logger
from kombu.utils.imports import symbol_by_name

TESTED = {(5, 4), (5, 5), (5, 6), (5, 7)}
FIELDS = {
    "kombu.transport.redis:QoS": "ack reject can_consume restore_unacked_once restore_visible restore_by_tag _remove_from_indices",
    "kombu.transport.redis:Channel": "QoS conn_or_acquire unacked_index_key",
    "kombu.asynchronous.timer:Timer": "clear call_at",
    "celery.worker.consumer.consumer:Consumer": "on_close apply_eta_task",
    "celery.worker.request:Request": "_apply_result _already_revoked on_failure",
    "celery.concurrency.asynpool:AsynPool": "_flush_writer _on_hard_timeout",
    "billiard.pool:ApplyResult": "ready",
}


def known():
    """Whether versions and private fields are those of the tests."""
    return {celery.VERSION[:2], kombu.VERSION[:2]} <= TESTED and all(map(has, FIELDS))


def has(place):
    return all(hasattr(symbol_by_name(place, default=object), name) for name in FIELDS[place].split())


def say_fallback(seconds):
    """One line in the worker's log: what holds in the lease's place."""
    line = f"No lease under Celery {celery.__version__} and kombu {kombu.__version__}, which it was not tested with: "
    line += f"a task of a lost worker comes back after {seconds} s, and a broker restart may run a task twice."
    signals.worker_ready.connect(lambda **_: get_logger(__name__).warning(line), weak=False)
