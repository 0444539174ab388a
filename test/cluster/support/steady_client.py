"""Requests one URL repeatedly, each time over a new connection, and counts the responses that are not 200.

Arguments: the URL, the minimum number of requests, and a file that must exist before it ends. Prints one JSON line a
second: `{"requests", "failed", "done"}`; `done` is true in the last one.
"""

import json
import os
import sys
import threading
import time
import urllib.request

url, minimum, end_file = sys.argv[1], int(sys.argv[2]), sys.argv[3]
requests = 0
failed: list[str] = []
lock = threading.Lock()


def finished() -> bool:
    return requests >= minimum and os.path.exists(end_file)


def send_requests() -> None:
    global requests
    while not finished():
        error = None
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                if response.status != 200:
                    error = f"HTTP {response.status}"
        except Exception as problem:
            error = repr(problem)
        with lock:
            requests += 1
            if error is not None:
                failed.append(error)
        # A steady rate, not a load test: the requests must last for the whole rollout.
        time.sleep(0.05)


threads = [threading.Thread(target=send_requests) for _ in range(4)]
for thread in threads:
    thread.start()
while any(thread.is_alive() for thread in threads):
    print(json.dumps({"requests": requests, "failed": failed[:20], "done": False}), flush=True)
    time.sleep(1)
print(json.dumps({"requests": requests, "failed": failed[:20], "done": True}), flush=True)
# `kubectl logs` can only read the lines while the pod exists.
while True:
    time.sleep(60)
