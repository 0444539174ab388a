"""Celery settings that the platform adds under the application's own.

Every process of the release loads this module, because CELERY_CONFIG_MODULE names it: worker, API and each
`celery inspect`. What the application sets itself wins; it leaves the settings below alone.
One-off commands import it as well, so that importing has no effect outside the process; only the container's first
process removes files of the one before it.
"""

import os

from . import broker, gauges, heartbeat, logs, metrics, publishing, transport, versions

wanted = transport.leased(os.environ)
known = transport.POOL in os.environ and versions.known()
leased = wanted and known

broker_transport_options = transport.options(os.environ, leased)
globals().update(publishing.settings(os.environ, broker_transport_options))
result_backend_transport_options["visibility_timeout"] = broker_transport_options["visibility_timeout"]  # noqa: F821

# A task that comes again although it had succeeded is acknowledged and not run.
worker_deduplicate_successful_tasks = True

broker_transport_options |= broker.sentinel(os.environ, broker.BROKER_URL)
result_backend_transport_options |= broker.sentinel(os.environ, broker.RESULT_URL)
broker_use_ssl = broker.tls(os.environ, broker.BROKER_URL)
redis_backend_use_ssl = broker.tls(os.environ, broker.RESULT_URL)

# One write of the schedule per due task, where the image's dbm can: a beat that is killed has forgotten nothing.
beat_sync_every = 1

heartbeat.connect(os.environ)
publishing.connect()
logs.connect(os.environ)
gauges.connect(os.environ)
metrics.connect(os.environ)
if known:
    from . import redelivery

    redelivery.connect(os.environ)
if leased:
    from . import lease

    # The lease counts exactly; Celery's own count would leave most processes idle after a lost connection.
    worker_enable_prefetch_count_reduction = False
    lease.connect(os.environ)
elif wanted:
    versions.say_fallback(broker_transport_options["visibility_timeout"])
