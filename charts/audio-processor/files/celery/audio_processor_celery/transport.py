"""How long a task that nobody acknowledges stays away from its queue, and where it is kept meanwhile."""

import socket

VISIBILITY_TIMEOUT = "AUDIO_PROCESSOR_VISIBILITY_TIMEOUT"
REDELIVER_AFTER = "AUDIO_PROCESSOR_REDELIVER_AFTER"
POOL = "AUDIO_PROCESSOR_POOL"

# A broker whose node died says no goodbye: after a minute of silence the connection counts as lost.
KEEPALIVE = {socket.TCP_KEEPIDLE: 30, socket.TCP_KEEPINTVL: 10, socket.TCP_KEEPCNT: 3}


def leased(env):
    """Whether the chart wants this worker to renew what it holds (`delivery.mode: lease`)."""
    return bool(env.get(POOL) and env.get(REDELIVER_AFTER))


def options(env, renewed=False):
    """Returns the options of kombu's Redis transport.

    AUDIO_PROCESSOR_VISIBILITY_TIMEOUT holds seconds; without it kombu's own 3600 would put running tasks back. In its
    place AUDIO_PROCESSOR_REDELIVER_AFTER counts for a worker whose lease renews what it holds.
    AUDIO_PROCESSOR_POOL names the pool. Each pool keeps what it holds under keys of its own, so that no other pool
    and no client with a shorter timeout takes it away, and `HLEN unacked:<pool>` counts its tasks in flight.
    The keys never change: what is under an old key would never come back.
    """
    found = {
        "visibility_timeout": int(env[REDELIVER_AFTER if renewed else VISIBILITY_TIMEOUT]),
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
