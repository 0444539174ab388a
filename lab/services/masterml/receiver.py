"""A fake MasterML and a webhook receiver for Alertmanager: both store what is posted. Standard library only.

The audio processor requests paths with two leading slashes; one or two are accepted.
    GET  /health                              200 {"status": "healthy", …}
    POST /api/v1/processors/audio/notify      202; the body must be a JSON object
    GET  /notifications                       the last 1000, oldest first, with time and Authorization header
    POST /alerts, GET /alerts                 the same for notifications of Alertmanager
"""

import collections
import datetime
import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEPT = 1000
NOTIFY = "/api/v1/processors/audio/notify"
ALERTS = "/alerts"


class Inbox:
    """The last notifications, in memory."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: collections.deque = collections.deque(maxlen=KEPT)

    def put(self, body: dict, authorization: str | None) -> None:
        """Stores one, with the current time."""
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        with self._lock:
            self._kept.append({"received_at": now, "authorization": authorization, "body": body})

    def list(self) -> list:
        """Returns all that are stored, oldest first."""
        with self._lock:
            return list(self._kept)


class Handler(BaseHTTPRequestHandler):
    """One connection; `server` is a `Receiver`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self._path()
        if path == "/health":
            uptime = time.monotonic() - self.server.started
            self._answer(200, {"status": "healthy", "version": "lab", "uptime": uptime})
        elif path in ("/notifications", ALERTS):
            self._answer(200, self.server.inboxes[ALERTS if path == ALERTS else NOTIFY].list())
        else:
            self._answer(404, {"error": f"no such path: {path}"})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        raw = self.rfile.read(length)
        inbox = self.server.inboxes.get(self._path())
        if inbox is None:
            self._answer(404, {"error": f"no such path: {self.path}"})
            return
        try:
            body = json.loads(raw)
        except ValueError as error:
            self._answer(400, {"error": f"not JSON: {error}"})
            return
        if not isinstance(body, dict):
            self._answer(400, {"error": "not a JSON object"})
            return
        inbox.put(body, self.headers.get("Authorization"))
        self._answer(202, {"accepted": True})

    def _path(self) -> str:
        path = self.path.split("?", 1)[0]
        return f"/{path.lstrip('/')}"

    def _answer(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments) -> None:
        if self._path() != "/health":
            print(f"{self.client_address[0]} {format % arguments}", flush=True)


class Receiver(ThreadingHTTPServer):
    """The server with its inboxes by path."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(address, Handler)
        self.inboxes = {NOTIFY: Inbox(), ALERTS: Inbox()}
        self.started = time.monotonic()


def main() -> int:
    """Serves on PORT (8000) of every interface until SIGTERM or SIGINT."""
    receiver = Receiver((os.environ.get("HOST", "0.0.0.0"), int(os.environ.get("PORT", "8000"))))
    # `shutdown` waits for the serving loop, so it must not run in the loop's own thread.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=receiver.shutdown).start())
    print(f"listening on {receiver.server_address}", flush=True)
    receiver.serve_forever(poll_interval=0.1)
    receiver.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
