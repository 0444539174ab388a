"""Quarantine: a task whose deliveries end without an answer again and again does not hold up its queue for ever."""

import os
import time

from billiard.einfo import ExceptionInfo
from celery import signals
from kombu.utils.json import dumps

from . import metrics

MAX_REDELIVERIES = "AUDIO_PROCESSOR_MAX_REDELIVERIES"
COUNT = "redeliveries:%s"
WEEK = 7 * 24 * 3600  # seconds after the last redelivery at which its count is forgotten


class TooManyRedeliveries(Exception):
    """The workers that ran the task died of it, or with it."""


def count(client, task_id, difference):
    """Adds to the redeliveries of a task, or takes away one that was not its fault; gives their number."""
    key = COUNT % task_id
    return client.pipeline().incrby(key, difference).expire(key, WEEK).execute()[0]


def connect(env):
    """Counts the redeliveries of each task; above AUDIO_PROCESSOR_MAX_REDELIVERIES it goes to `dead:<queue>`."""
    most = int(env.get(MAX_REDELIVERIES, 0))

    def received(request, **_):
        if request.delivery_info.get("redelivered"):
            channel = request.message.channel
            with channel.conn_or_acquire() as client:
                found = count(client, request.id, 1)
                if found > 0:  # else it was only turned away
                    metrics.redelivered(request.delivery_info["routing_key"])
                if most and found > most:
                    quarantine(request, channel, client, found)

    signals.task_received.connect(received, weak=False)


def quarantine(request, channel, client, found):
    """Moves the message as it was first sent, so that it can simply be moved back; the task counts as failed."""
    message, queue = request.message, request.delivery_info["routing_key"]
    facts = {"at": time.time(), "redeliveries": found, "pod": os.environ.get("HOSTNAME")}
    raw = dict(message._raw, headers={**message.headers, "redelivered": False, "quarantined": facts})
    raw["properties"]["delivery_info"].pop("redelivered", None)
    with client.pipeline() as move:
        move.lpush(f"dead:{queue}", dumps(raw)).delete(COUNT % request.id)
        channel.qos._remove_from_indices(message.delivery_tag, move).execute()
    metrics.quarantined(queue)
    try:
        raise TooManyRedeliveries(f"delivered {found + 1} times without an answer; see dead:{queue}")
    except TooManyRedeliveries:
        request.on_failure(ExceptionInfo())
    request._already_revoked = True
