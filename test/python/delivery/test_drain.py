"""The preStop hook, against a process that stands for the worker."""

import signal
import subprocess
import sys
import textwrap
import time

import pytest
from conftest import DRAIN
from waiting import wait_for


@pytest.fixture
def worker(tmp_path):
    """Starts a process that installs its handlers after `imports` seconds and ends `task` seconds after TERM, or at QUIT."""
    started = []

    def start(imports, task):
        log = tmp_path / "signals"
        script = textwrap.dedent(f"""
            import os, signal, sys, time
            def note(text):
                with open({str(log)!r}, "a") as file:
                    print(text, file=file)
            # Process 1 of a container drops what it does not handle; here SIG_IGN stands for that.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.signal(signal.SIGQUIT, signal.SIG_IGN)
            note("importing")
            time.sleep({imports})
            draining = []
            signal.signal(signal.SIGTERM, lambda *_: (note("TERM"), draining.append(time.monotonic())))
            signal.signal(signal.SIGQUIT, lambda *_: (note("QUIT"), os._exit(0)))
            note("consuming")
            while not (draining and time.monotonic() - draining[0] > {task}):
                time.sleep(0.05)
            note("finished")
        """)
        process = subprocess.Popen([sys.executable, "-c", script])
        started.append(process)
        wait_for("the process", log.exists)
        return process, log

    yield start
    for process in started:
        process.kill()
        process.wait()


def drain(process, seconds):
    begun = time.monotonic()
    hook = subprocess.Popen(["sh", str(DRAIN), str(seconds), str(process.pid)])
    process.wait(timeout=30)
    assert hook.wait(timeout=30) == 0
    return time.monotonic() - begun


def test_a_task_that_fits_is_finished(worker):
    process, log = worker(imports=0, task=1)
    wait_for("consuming", lambda: "consuming" in log.read_text())
    drain(process, 20)
    assert log.read_text().split() == ["importing", "consuming", "TERM", "finished"]


def test_a_task_that_does_not_fit_is_handed_back_by_quit(worker):
    process, log = worker(imports=0, task=60)
    wait_for("consuming", lambda: "consuming" in log.read_text())
    took = drain(process, 3)
    assert log.read_text().split() == ["importing", "consuming", "TERM", "QUIT"]
    assert 2 <= took < 10


def test_a_worker_that_still_imports_gets_the_signal_when_it_can_hear_it(worker):
    process, log = worker(imports=2, task=0)
    drain(process, 20)
    assert log.read_text().split() == ["importing", "consuming", "TERM", "finished"]


def test_the_hook_ends_when_a_worker_never_hears(worker):
    process, _ = worker(imports=60, task=0)
    hook = subprocess.Popen(["sh", str(DRAIN), "2", str(process.pid)])
    assert hook.wait(timeout=15) == 0
    process.send_signal(signal.SIGKILL)


def test_a_sidecar_that_still_imports_is_waited_for_and_not_stopped(worker):
    process, log = worker(imports=2, task=0)
    hook = subprocess.Popen(["sh", str(DRAIN), "hear", str(process.pid)])
    assert hook.wait(timeout=15) == 0
    assert log.read_text().split() == ["importing", "consuming"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=15) == 0
