"""Metrics sidecar of a worker: serves `/metrics` of all its processes for Prometheus, and `/healthz` for the kubelet.

    sidecar.py DIRECTORY PORT

DIRECTORY is the worker's PROMETHEUS_MULTIPROC_DIR, in which each process has its own files. If the image has no
prometheus_client, the page is empty: a sidecar that exits would make its pod unready.
"""

import signal
import sys
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

READ_ATTEMPTS = 3
RETRY_AFTER = 0.05  # seconds


def exposition(directory, accept):
    """Returns the metrics of all processes, in the format of the `Accept` header, and their content type.

    Raises the last error if the files cannot be read.
    """
    try:
        from prometheus_client import CollectorRegistry
        from prometheus_client.exposition import choose_encoder
        from prometheus_client.multiprocess import MultiProcessCollector
    except ImportError as error:
        return f"# the image has no prometheus_client: {error}\n".encode(), "text/plain; charset=utf-8"
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=directory)
    encode, content_type = choose_encoder(accept)
    for attempt in range(READ_ATTEMPTS):
        try:
            return encode(registry), content_type
        except Exception:
            # A process that ends removes its gauges, perhaps after they were listed; a process that starts creates its
            # files empty.
            if attempt == READ_ATTEMPTS - 1:
                raise
            time.sleep(RETRY_AFTER)


class Handler(BaseHTTPRequestHandler):
    """Handles one request."""

    directory = None

    def do_GET(self):
        path = self.path.split("?", 1)[0]
        if path == "/healthz":
            return self.respond(200, b"ok\n", "text/plain; charset=utf-8")
        if path != "/metrics":
            return self.respond(404, b"/metrics or /healthz\n", "text/plain; charset=utf-8")
        try:
            body, content_type = exposition(self.directory, self.headers.get("Accept", ""))
        except Exception:
            traceback.print_exc()
            return self.respond(500, b"see the log of this container\n", "text/plain; charset=utf-8")
        return self.respond(200, body, content_type)

    def respond(self, status, body, content_type):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Requests are not logged."""


def main(directory, port):
    """Serves until SIGTERM."""
    Handler.directory = directory
    # The kernel drops SIGTERM for process 1 without a handler. The kubelet sends it once, after the worker has ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("", port), Handler).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
