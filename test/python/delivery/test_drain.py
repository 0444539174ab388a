"""The preStop hook drain.sh, with a process that handles signals like a worker."""

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
    """Starts a process: has handlers after `imports` seconds, and ends `task` seconds after SIGTERM, or at SIGQUIT."""
    started = []

    def start(imports, task):
        log = tmp_path / "signals"
        script = textwrap.dedent(f"""
            import os, signal, sys, time
            def note(text):
                with open({str(log)!r}, "a") as file:
                    print(text, file=file)
            # The kernel drops signals that process 1 of a container does not handle; SIG_IGN has the same effect here.
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


@pytest.mark.slow
def test_task_shorter_than_the_timeout_is_finished(worker):
    process, log = worker(imports=0, task=1)
    wait_for("consuming", lambda: "consuming" in log.read_text())
    drain(process, 20)
    assert log.read_text().split() == ["importing", "consuming", "TERM", "finished"]


def test_task_longer_than_the_timeout_is_ended_by_sigquit(worker):
    process, log = worker(imports=0, task=60)
    wait_for("consuming", lambda: "consuming" in log.read_text())
    took = drain(process, 3)
    assert log.read_text().split() == ["importing", "consuming", "TERM", "QUIT"]
    assert 2 <= took < 10


@pytest.mark.slow
def test_sigterm_is_sent_when_the_worker_has_a_handler(worker):
    process, log = worker(imports=2, task=0)
    drain(process, 20)
    assert log.read_text().split() == ["importing", "consuming", "TERM", "finished"]


@pytest.mark.slow
def test_hook_ends_after_the_timeout_if_the_worker_never_handles_sigterm(worker):
    process, _ = worker(imports=60, task=0)
    hook = subprocess.Popen(["sh", str(DRAIN), "2", str(process.pid)])
    assert hook.wait(timeout=15) == 0
    process.send_signal(signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("argument", ["wait-only", pytest.param("hear", id="of the pods of release 0.1.0")])
def test_wait_only_waits_for_the_handler_and_sends_no_signal(worker, argument):
    process, log = worker(imports=2, task=0)
    hook = subprocess.Popen(["sh", str(DRAIN), argument, str(process.pid)])
    assert hook.wait(timeout=15) == 0
    assert log.read_text().split() == ["importing", "consuming"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=15) == 0
