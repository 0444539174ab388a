"""How long a task that nobody acknowledges stays away from its queue, and where it is kept meanwhile."""

VISIBILITY_TIMEOUT = "AUDIO_PROCESSOR_VISIBILITY_TIMEOUT"
POOL = "AUDIO_PROCESSOR_POOL"


def options(env):
    """Returns the options of kombu's Redis transport.

    AUDIO_PROCESSOR_VISIBILITY_TIMEOUT holds seconds; without it kombu's own 3600 would put running tasks back.
    AUDIO_PROCESSOR_POOL names the pool. Each pool keeps what it holds under keys of its own, so that no other pool
    and no client with a shorter timeout takes it away, and `HLEN unacked:<pool>` counts its tasks in flight.
    The keys never change: what is under an old key would never come back.
    """
    found = {"visibility_timeout": int(env[VISIBILITY_TIMEOUT])}
    pool = env.get(POOL)
    if pool:
        for key in ("unacked", "unacked_index", "unacked_mutex"):
            found[f"{key}_key"] = f"{key}:{pool}"
    return found
