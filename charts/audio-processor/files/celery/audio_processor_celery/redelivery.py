"""Quarantine: a task whose deliveries end without an answer again and again does not hold up its queue for ever."""

import os
import time

from billiard.einfo import ExceptionInfo
from celery import signals
from kombu.utils.json import dumps

MAX_REDELIVERIES = "AUDIO_PROCESSOR_MAX_REDELIVERIES"
COUNT = "redeliveries:%s"
WEEK = 7 * 24 * 3600  # seconds after the last redelivery at which a count is forgotten


class TooManyRedeliveries(Exception):
    """The workers that ran the task died of it, or with it."""


def connect(env):
    """Counts the redeliveries of each task; above AUDIO_PROCESSOR_MAX_REDELIVERIES it goes to `dead:<queue>`."""
    most = int(env.get(MAX_REDELIVERIES, 0))

    def count(request, **_):
        if not request.delivery_info.get("redelivered"):
            return
        channel = request.message.channel
        with channel.conn_or_acquire() as client:
            found, _ = client.pipeline().incr(COUNT % request.id).expire(COUNT % request.id, WEEK).execute()
            if found > most:
                quarantine(request, channel, client, found)

    if most:
        signals.task_received.connect(count, weak=False)


def quarantine(request, channel, client, found):
    """Moves the message as it was first sent, so that it can simply be moved back; the task counts as failed."""
    message = request.message
    raw = dict(message._raw, headers={**message.headers, "redelivered": False})
    raw["headers"]["quarantined"] = {"at": time.time(), "redeliveries": found, "pod": os.environ.get("HOSTNAME")}
    raw["properties"]["delivery_info"].pop("redelivered", None)
    queue = request.delivery_info["routing_key"]
    with client.pipeline() as move:
        move.lpush(f"dead:{queue}", dumps(raw)).delete(COUNT % request.id)
        channel.qos._remove_from_indices(message.delivery_tag, move).execute()
    try:
        raise TooManyRedeliveries(f"delivered {found + 1} times without an answer; see dead:{queue}")
    except TooManyRedeliveries:
        request.on_failure(ExceptionInfo())
    request._already_revoked = True


def forgive(client, task_id):
    """A worker that leaves hands its tasks back: the redelivery that follows is not the task's fault."""
    client.pipeline().decr(COUNT % task_id).expire(COUNT % task_id, WEEK).execute()
