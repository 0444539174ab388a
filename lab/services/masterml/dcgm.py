"""A fake dcgm-exporter with one GPU of 100 MiB, of which USED (MiB) are allocated. Standard library only.

    GET /metrics    memory, utilization, temperature, power and errors of the GPU, with the exporter's labels
"""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer

USED = int(os.environ.get("USED", "10"))
GPU = 'gpu="0",UUID="GPU-00000000-lab",device="nvidia0",modelName="Lab",Hostname="lab"'
POD = 'namespace="ml-service",pod="audio-gpu-worker-5d4f8b7c96-x2k4p",container="audio-gpu-worker"'
PAGE = "".join(
    f"# TYPE {name} gauge\n{name}{{{GPU},{POD}}} {value}\n"
    for name, value in (
        ("DCGM_FI_DEV_FB_USED", USED),
        ("DCGM_FI_DEV_FB_FREE", 100 - USED),
        ("DCGM_FI_DEV_GPU_UTIL", USED),
        ("DCGM_FI_DEV_GPU_TEMP", 40),
        ("DCGM_FI_DEV_POWER_USAGE", 70),
        ("DCGM_FI_DEV_XID_ERRORS", 0),
    )
).encode()


class Handler(BaseHTTPRequestHandler):
    """Serves the page at every path."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_) -> None:
        """Requests are not logged."""


if __name__ == "__main__":
    HTTPServer(("", 9400), Handler).serve_forever()
