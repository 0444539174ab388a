"""With `--include heartbeat_in_outage` a worker that finds the file `outage` sends its heartbeat when the broker has gone."""

import os
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

from celery.signals import heartbeat_sent

broker = ("127.0.0.1", urlsplit(os.environ["BROKER"]).port)


@heartbeat_sent.connect
def until_it_has_gone(**_):
    """Sent before the heartbeat itself."""
    outage = Path("outage")
    if not outage.exists():
        return
    outage.rename("outage-met")
    while answers():
        time.sleep(0.02)


def answers():
    with socket.socket() as probe:
        return probe.connect_ex(broker) == 0
