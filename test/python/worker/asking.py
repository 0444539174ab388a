"""A sidecar as its pod runs it, and what asks it."""

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
    """A sidecar over a directory; gives a function that asks it for a path: status, content type, text."""
    port = free_port()

    def ask(path, accept="text/plain"):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept": accept})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers["Content-Type"], error.read().decode()

    def answers():
        with contextlib.suppress(urllib.error.URLError):
            return ask("/healthz")
        return None

    command = [sys.executable, "-B", str(SIDECAR), str(directory), str(port)]
    with subprocess.Popen(command, env={**os.environ, **(env or {})}) as process:
        try:
            wait_for("the sidecar's first answer", answers, seconds=30)
            ask.process = process
            yield ask
        finally:
            process.kill()


def samples(text, name):
    return [line for line in text.splitlines() if line.startswith(name)]
