"""Starts the metrics sidecar as its pod does, and sends it requests."""

import contextlib
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

CHART = Path(__file__).parents[3] / "charts" / "audio-processor"
SIDECAR = CHART / "files" / "worker" / "sidecar.py"
MODULE_DIRECTORY = CHART / "files" / "celery"

sys.path.insert(0, str(Path(__file__).parents[1]))
from waiting import wait_for  # noqa: E402


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def sidecar(directory, env=None):
    """A sidecar that serves a directory; yields `get(path, accept)`, which returns status, content type and text."""
    port = free_port()

    def get(path, accept="text/plain"):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept": accept})
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status, response.headers["Content-Type"], response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers["Content-Type"], error.read().decode()

    def is_ready():
        with contextlib.suppress(urllib.error.URLError):
            return get("/healthz")
        return None

    command = [sys.executable, "-B", str(SIDECAR), str(directory), str(port)]
    with subprocess.Popen(command, env={**os.environ, **(env or {})}) as process:
        try:
            wait_for("the sidecar to be healthy", is_ready, seconds=30)
            get.process = process
            yield get
        finally:
            process.kill()


def samples(text, name):
    return [line for line in text.splitlines() if line.startswith(name)]
