"""Asks one URL again and again, each time by a new connection, and counts what was not answered with 200.

Arguments: the URL, the least number of requests, a file whose appearance says that it may end. Prints one JSON line a
second, the last with `done`.
"""

import json
import os
import sys
import threading
import time
import urllib.request

url, least, enough = sys.argv[1], int(sys.argv[2]), sys.argv[3]
asked = 0
failed: list[str] = []
lock = threading.Lock()


def finished() -> bool:
    return asked >= least and os.path.exists(enough)


def ask() -> None:
    global asked
    while not finished():
        error = None
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                if response.status != 200:
                    error = f"HTTP {response.status}"
        except Exception as problem:
            error = repr(problem)
        with lock:
            asked += 1
            if error is not None:
                failed.append(error)
        # A steady stream, not a load test: the whole rollout has to fall into it.
        time.sleep(0.05)


threads = [threading.Thread(target=ask) for _ in range(4)]
for thread in threads:
    thread.start()
while any(thread.is_alive() for thread in threads):
    print(json.dumps({"asked": asked, "failed": failed[:20], "done": False}), flush=True)
    time.sleep(1)
print(json.dumps({"asked": asked, "failed": failed[:20], "done": True}), flush=True)
# The lines are read by `kubectl logs`, which needs the pod.
while True:
    time.sleep(60)
