"""Options of kombu's Redis transport: visibility timeout, Redis keys and socket timeouts."""

import socket

VISIBILITY_TIMEOUT = "AUDIO_PROCESSOR_VISIBILITY_TIMEOUT"
REDELIVER_AFTER = "AUDIO_PROCESSOR_REDELIVER_AFTER"
POOL = "AUDIO_PROCESSOR_POOL"

# If the broker's node dies, the connection is never closed. After a minute without an answer it counts as lost.
KEEPALIVE = {socket.TCP_KEEPIDLE: 30, socket.TCP_KEEPINTVL: 10, socket.TCP_KEEPCNT: 3}


def lease_requested(env):
    """Returns whether this process is a worker whose values set `delivery.mode: lease`."""
    return bool(env.get(POOL) and env.get(REDELIVER_AFTER))


def options(env, lease_enabled=False):
    """Returns the options of kombu's Redis transport.

    The visibility timeout is AUDIO_PROCESSOR_VISIBILITY_TIMEOUT, in whole seconds; kombu's default of 3600 would
    redeliver tasks that are still running. A worker with a lease uses AUDIO_PROCESSOR_REDELIVER_AFTER instead.
    AUDIO_PROCESSOR_POOL names the worker pool. Each pool has its own keys for unacknowledged messages, so that no other
    pool and no client with a shorter timeout redelivers them, and `HLEN unacked:<pool>` is the number of its tasks in
    flight. Never rename these keys: messages under an old key would never be redelivered.
    Raises KeyError or ValueError if the timeout is missing or is not a number.
    """
    found = {
        "visibility_timeout": int(env[REDELIVER_AFTER if lease_enabled else VISIBILITY_TIMEOUT]),
        "socket_connect_timeout": 5,
        "socket_timeout": 30,
        "socket_keepalive": True,
        "socket_keepalive_options": KEEPALIVE,
    }
    pool = env.get(POOL)
    if pool:
        for key in ("unacked", "unacked_index", "unacked_mutex"):
            found[f"{key}_key"] = f"{key}:{pool}"
    return found
