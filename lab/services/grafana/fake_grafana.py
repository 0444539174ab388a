"""Replaces Grafana, which package registries do not have: healthy if it finds the files and settings of the chart.

    GET …/api/health    200, or 503 with a list of what is missing

Standard library only.
"""

import json
import os
import re
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

SETTINGS = Path("/etc/grafana")


def setting(name):
    """Value of a setting: Grafana reads the file that `$__file{…}` names."""
    value = os.environ.get(name, "")
    named = re.fullmatch(r"\$__file\{(.+)\}", value)
    return Path(named[1]).read_text().strip() if named else value


def missing():
    """Returns what Grafana would lack, as text."""
    found = [name for name in ("GF_SECURITY_ADMIN_USER", "GF_SECURITY_ADMIN_PASSWORD") if not setting(name)]
    for folder in ("datasources", "dashboards"):
        if not list((SETTINGS / "provisioning" / folder).glob("*.yaml")):
            found.append(f"a provider in {folder}")
    boards = [json.loads(file.read_text()) for file in (SETTINGS / "dashboards").glob("*.json")]
    if not boards or not all(board.get("uid") for board in boards):
        found.append("dashboards with a uid")
    return found


class Handler(BaseHTTPRequestHandler):
    """Serves the health of Grafana, and no other path."""

    def do_GET(self):
        faults = missing() if self.path.endswith("/api/health") else None
        body = json.dumps({"missing": faults}).encode()
        self.send_response(404 if faults is None else 503 if faults else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Requests are not logged."""


if __name__ == "__main__":
    HTTPServer(("", 3000), Handler).serve_forever()
