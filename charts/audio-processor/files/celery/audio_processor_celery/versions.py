"""The lease reaches into Celery and kombu. Where they are not those that it was tested with, it stays away."""

import importlib

import celery
import kombu
from celery import signals
from celery.utils.log import get_logger

TESTED = {"celery": {(5, 4), (5, 5), (5, 6), (5, 7)}, "kombu": {(5, 4), (5, 5), (5, 6), (5, 7)}}
FIELDS = {
    "kombu.transport.redis:QoS": "append ack reject can_consume restore_unacked_once restore_visible restore_by_tag _remove_from_indices",
    "kombu.transport.redis:Channel": "QoS conn_or_acquire unacked_index_key",
    "celery.worker.consumer.consumer:Consumer": "on_close",
    "celery.worker.request:Request": "_apply_result _already_revoked on_failure",
    "celery.concurrency.asynpool:AsynPool": "flush",
    "billiard.pool:ApplyResult": "ready",
}


def known():
    """Whether versions and private fields are those of the tests."""
    found = {"celery": celery.VERSION[:2], "kombu": kombu.VERSION[:2]}
    return all(found[name] in TESTED[name] for name in TESTED) and all(map(has, FIELDS, FIELDS.values()))


def has(place, names):
    module, _, name = place.partition(":")
    try:
        owner = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError):
        return False
    return all(hasattr(owner, field) for field in names.split())


def say_fallback(seconds):
    """One line in the worker's log: what holds in the lease's place."""

    def say(**_):
        get_logger(__name__).warning(
            "No lease under Celery %s and kombu %s, which it was not tested with: a task of a lost worker comes back "
            "after %s s, and a broker restart may run a task twice.", celery.__version__, kombu.__version__, seconds
        )

    signals.worker_ready.connect(say, weak=False)
