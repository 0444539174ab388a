"""Celery settings that the chart adds below the application's own settings.

CELERY_CONFIG_MODULE names this module, so every process of the release loads it: the workers, the API, beat, Flower and
each `celery inspect`. Settings that the application makes itself take precedence over these.
One-off commands load it too. Therefore importing it must not affect other processes; only process 1 of a container
removes files, those that the previous container left behind.
"""

import os

from . import broker, gauges, heartbeat, logs, metrics, publishing, transport, versions

lease_requested = transport.lease_requested(os.environ)
versions_supported = transport.POOL in os.environ and versions.supported()
lease_enabled = lease_requested and versions_supported

broker_transport_options = transport.options(os.environ, lease_enabled)
result_backend_transport_options = {"visibility_timeout": broker_transport_options["visibility_timeout"]}

# Timeouts and retries: why they differ between API, main process and child processes is explained in publishing.py.
if publishing.is_api(os.environ):
    task_publish_retry_policy = publishing.NO_RETRY
    result_backend_transport_options["retry_policy"] = publishing.NO_RETRY
    broker_transport_options |= publishing.NO_RETRY | publishing.API_SOCKET_TIMEOUTS
    redis_socket_connect_timeout = publishing.API_SOCKET_TIMEOUTS["socket_connect_timeout"]
    redis_socket_timeout = publishing.API_SOCKET_TIMEOUTS["socket_timeout"]
elif os.environ.get(transport.POOL):
    task_publish_retry_policy = publishing.RETRY_FOREVER
    result_backend_transport_options["retry_policy"] = publishing.RETRY_BRIEFLY

# A redelivered task whose result is already SUCCESS is acknowledged without being run again.
worker_deduplicate_successful_tasks = True

broker_transport_options |= broker.sentinel(os.environ, broker.BROKER_URL)
result_backend_transport_options |= broker.sentinel(os.environ, broker.RESULT_URL)
broker_use_ssl = broker.tls(os.environ, broker.BROKER_URL)
redis_backend_use_ssl = broker.tls(os.environ, broker.RESULT_URL)

# Beat saves its schedule after every task that it sends, so that a killed beat sends none of them twice. This depends
# on the image's dbm: some kinds write only when they are closed.
beat_sync_every = 1

heartbeat.connect(os.environ)
publishing.connect()
logs.connect(os.environ)
gauges.connect(os.environ)
metrics.connect(os.environ)
if versions_supported:
    from . import redelivery

    redelivery.connect(os.environ)
if lease_enabled:
    from . import lease

    # The lease counts unacknowledged messages over all connections. Celery would reduce the prefetch count after a
    # reconnect, which leaves most processes idle until a running task ends.
    worker_enable_prefetch_count_reduction = False
    lease.connect(os.environ)
elif lease_requested:
    versions.warn_no_lease(broker_transport_options["visibility_timeout"])
