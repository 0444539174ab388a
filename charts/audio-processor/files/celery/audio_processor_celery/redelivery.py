"""Redelivery limit: a task that is redelivered too often is moved to the dead-letter queue `dead:<queue>`.

Without a limit, a task that kills its worker is redelivered forever, because the Redis transport counts no deliveries.
"""

import os
import time

from billiard.einfo import ExceptionInfo
from celery import signals
from kombu.utils.json import dumps

from . import metrics

MAX_REDELIVERIES = "AUDIO_PROCESSOR_MAX_REDELIVERIES"
COUNT_KEY = "redeliveries:%s"  # % task id
COUNT_EXPIRES = 7 * 24 * 3600  # seconds after the last change of a count


class TooManyRedeliveries(Exception):
    """The result of a task in the dead-letter queue: each worker process that ran it died."""


def add_to_count(client, task_id, difference):
    """Adds `difference` (may be negative) to a task's redelivery count in Redis; returns the new count."""
    key = COUNT_KEY % task_id
    return client.pipeline().incrby(key, difference).expire(key, COUNT_EXPIRES).execute()[0]


def connect(env):
    """Connects the signal that counts redeliveries; above AUDIO_PROCESSOR_MAX_REDELIVERIES a task is quarantined.

    0, or no such variable, means no limit.
    """
    max_redeliveries = int(env.get(MAX_REDELIVERIES, 0))

    def count_redelivery(request, **_):
        if request.delivery_info.get("redelivered"):
            channel = request.message.channel
            with channel.conn_or_acquire() as client:
                redeliveries = add_to_count(client, request.id, 1)
                # 0 or less: a worker returned the task to its queue, which the lease subtracted (lease.py).
                if redeliveries > 0:
                    metrics.redelivered(request.delivery_info["routing_key"])
                if max_redeliveries and redeliveries > max_redeliveries:
                    quarantine(request, channel, client, redeliveries)

    signals.task_received.connect(count_redelivery, weak=False)


def quarantine(request, channel, client, redeliveries):
    """Moves the message to `dead:<queue>` and stores the task's result as FAILURE.

    The message is stored as it was first published, plus the header `quarantined`, so that LMOVE back to its queue is
    enough to run it again.
    """
    message, queue = request.message, request.delivery_info["routing_key"]
    facts = {"at": time.time(), "redeliveries": redeliveries, "pod": os.environ.get("HOSTNAME")}
    raw = dict(message._raw, headers={**message.headers, "redelivered": False, "quarantined": facts})
    raw["properties"]["delivery_info"].pop("redelivered", None)
    # One transaction: the message is in exactly one of the two places.
    with client.pipeline() as transaction:
        transaction.lpush(f"dead:{queue}", dumps(raw)).delete(COUNT_KEY % request.id)
        channel.qos._remove_from_indices(message.delivery_tag, transaction).execute()
    metrics.quarantined(queue)
    try:
        raise TooManyRedeliveries(f"delivered {redeliveries + 1} times without an acknowledgement; see dead:{queue}")
    except TooManyRedeliveries:
        request.on_failure(ExceptionInfo())
    # Celery reads this after the signal `task_received`, and then does not run the task.
    request._already_revoked = True
