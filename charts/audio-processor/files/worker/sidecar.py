"""Serves the metrics of all processes of one worker: `/metrics` for Prometheus, `/healthz` for the kubelet.

    sidecar.py DIRECTORY PORT

DIRECTORY is the worker's PROMETHEUS_MULTIPROC_DIR, where each of its processes counts in files of its own. A sidecar
that dies would make its pod unready, so that an image without prometheus_client gets an empty page, and a line in the
log.
"""

import signal
import sys
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def exposition(directory, accept):
    """The metrics of all processes and their content type, by the client's `Accept`."""
    try:
        from prometheus_client import CollectorRegistry
        from prometheus_client.exposition import choose_encoder
        from prometheus_client.multiprocess import MultiProcessCollector
    except ImportError as error:
        return f"# the image has no prometheus_client: {error}\n".encode(), "text/plain; charset=utf-8"
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=directory)
    encode, content_type = choose_encoder(accept)
    for attempt in range(3):
        try:
            return encode(registry), content_type
        except Exception:
            # A process that ends takes the files of its gauges away, perhaps between their listing and their reading,
            # and one that begins to count makes its files empty at first.
            if attempt == 2:
                raise
            time.sleep(0.05)


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    directory = None

    def do_GET(self):
        path = self.path.split("?", 1)[0]
        if path == "/healthz":
            return self.answer(200, b"ok\n", "text/plain; charset=utf-8")
        if path != "/metrics":
            return self.answer(404, b"/metrics or /healthz\n", "text/plain; charset=utf-8")
        try:
            body, content_type = exposition(self.directory, self.headers.get("Accept", ""))
        except Exception:
            traceback.print_exc()
            return self.answer(500, b"see the log of this container\n", "text/plain; charset=utf-8")
        return self.answer(200, body, content_type)

    def answer(self, status, body, content_type):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """A scrape is no news."""


def main(directory, port):
    Handler.directory = directory
    # A process 1 without a handler would ignore SIGTERM. The kubelet sends it when the worker has ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("", port), Handler).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
