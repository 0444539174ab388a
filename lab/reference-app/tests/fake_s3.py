"""A path-style S3 server in this process: objects in a dict, no signatures checked. For boto3's put, head, get, list_buckets.

It also stores what is posted to it, so it is the fake MasterML too.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FakeS3(ThreadingHTTPServer):
    """`objects`: path without leading slash (bucket/key) → bytes. `refuse_writes`: PUT and POST answer 403."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.posted: list[tuple] = []
        self.refuse_writes = False
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        """Endpoint for boto3."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def reset(self) -> None:
        """Deletes all objects."""
        self.objects.clear()
        self.posted.clear()
        self.refuse_writes = False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.refuse_writes:
            self._answer(403, b"<Error><Code>AccessDenied</Code></Error>")
            return
        self.server.objects[self._name()] = body
        self._answer(200, b"")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        # `self.path` has its leading slashes folded into one; the request line has the original path.
        self.server.posted.append((self.requestline.split()[1], self.headers, body))
        self._answer(403 if self.server.refuse_writes else 200, b"{}")

    def do_GET(self) -> None:
        if self._name() == "":
            names = {name.split("/")[0] for name in self.server.objects}
            buckets = "".join(f"<Bucket><Name>{name}</Name></Bucket>" for name in sorted(names))
            xml = f"<ListAllMyBucketsResult><Buckets>{buckets}</Buckets></ListAllMyBucketsResult>"
            self._answer(200, xml.encode())
            return
        body = self.server.objects.get(self._name())
        if body is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self._answer(200, body)

    do_HEAD = do_GET

    def _name(self) -> str:
        return self.path.split("?", 1)[0].lstrip("/")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_) -> None:
        """Requests are not logged."""
