"""With `--include heartbeat_in_outage`, a worker sends a heartbeat while the broker is down.

If the file `outage` exists, the next heartbeat waits until the broker is down; the file is renamed to `outage-began`.
"""

import os
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

from celery.signals import heartbeat_sent

broker = ("127.0.0.1", urlsplit(os.environ["BROKER"]).port)


@heartbeat_sent.connect
def wait_for_outage(**_):
    """Celery sends this signal before the heartbeat itself."""
    outage = Path("outage")
    if not outage.exists():
        return
    outage.rename("outage-began")
    while is_reachable():
        time.sleep(0.02)


def is_reachable():
    with socket.socket() as probe:
        return probe.connect_ex(broker) == 0
