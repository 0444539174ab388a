"""The lease uses private names of Celery and kombu. It is disabled under versions that it was not tested with."""

import celery
import kombu
from celery import signals
from celery.utils.log import get_logger
from kombu.utils.imports import symbol_by_name

TESTED = {(5, 4), (5, 5), (5, 6), (5, 7)}
# Class → attributes that lease.py and redelivery.py use.
REQUIRED_ATTRIBUTES = {
    "kombu.transport.redis:QoS": "ack reject can_consume restore_unacked_once restore_visible restore_by_tag"
    " _remove_from_indices",
    "kombu.transport.redis:Channel": "QoS conn_or_acquire unacked_index_key",
    "kombu.asynchronous.timer:Timer": "clear call_at",
    "celery.worker.consumer.consumer:Consumer": "on_close apply_eta_task",
    "celery.worker.request:Request": "_apply_result _already_revoked on_failure",
    "celery.concurrency.asynpool:AsynPool": "_flush_writer _on_hard_timeout",
    "billiard.pool:ApplyResult": "ready",
}


def supported():
    """Returns whether Celery and kombu are tested versions and have every attribute that the lease needs."""
    return {celery.VERSION[:2], kombu.VERSION[:2]} <= TESTED and all(map(has_attributes, REQUIRED_ATTRIBUTES))


def has_attributes(path):
    """Returns whether the class at `module:Class` exists and has its required attributes."""
    required = symbol_by_name(path, default=object)
    return all(hasattr(required, name) for name in REQUIRED_ATTRIBUTES[path].split())


def warn_no_lease(visibility_timeout):
    """Logs once, when the worker is ready, that there is no lease and which visibility timeout (seconds) applies."""
    line = f"No lease under Celery {celery.__version__} and kombu {kombu.__version__}, which are not tested versions: "
    line += f"a task of a lost worker is redelivered after {visibility_timeout} s, "
    line += "and a task may run twice when the broker restarts."
    signals.worker_ready.connect(lambda **_: get_logger(__name__).warning(line), weak=False)
