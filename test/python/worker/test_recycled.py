"""Child processes of a real worker, each replaced after one task (`--max-tasks-per-child=1`)."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sidecar_process import MODULE_DIRECTORY, samples, sidecar, wait_for

TASKS = 21
SLOTS = 7


def children(pid):
    """Pids of the running child processes."""
    alive = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in file.read_text().split():
            with contextlib.suppress(OSError):  # it has just ended
                alive += [child] if "State:\tZ" not in Path(f"/proc/{child}/status").read_text() else []
    return alive


@pytest.mark.slow
def test_replaced_children_keep_their_counters_in_the_files_of_their_slots_and_no_gauge(tmp_path):
    metrics = tmp_path / "metrics"
    metrics.mkdir()
    (tmp_path / "sample.py").write_text(
        textwrap.dedent(f"""
            from celery import Celery, signals
            from prometheus_client import Counter, Histogram

            # Some applications create metrics before Celery loads its configuration, and so the chart's module.
            seconds = Histogram("audio_seconds", "Seconds")
            ended = Counter("audio_ended_total", "Ends", ["queue"])
            celery_app = Celery("audio_processor", broker="memory://", backend="cache+memory://")

            @celery_app.task(name="count")
            def count():
                # As the application does: in the child process.
                from prometheus_client import Counter, Gauge
                Gauge("audio_uptime_seconds", "Uptime").set(1)
                Counter("audio_tasks_total", "Tasks").inc()
                seconds.observe(2)
                ended.labels("audio_queue").inc(2)

            @signals.worker_ready.connect
            def publish(**_):
                for _ in range({TASKS}):
                    count.delay()
        """)
    )
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(MODULE_DIRECTORY),
        "CELERY_CONFIG_MODULE": "audio_processor_celery",
        "AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "5400",
        "AUDIO_PROCESSOR_POOL": "cpu",
        "PROMETHEUS_MULTIPROC_DIR": str(metrics),
    }
    command = [sys.executable, "-m", "celery", "-A", "sample", "worker", "-n", "cpu@%h", f"--concurrency={SLOTS}"]
    command += ["--max-tasks-per-child=1", "--without-gossip", "--without-mingle"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as worker:
        try:
            with sidecar(metrics) as get:

                def total():
                    text, names = get("/metrics")[2], ("tasks_total ", "ended_total{", "seconds_count ", "seconds_sum ")
                    return [line for name in names for line in samples(text, f"audio_{name}")]

                counted = [
                    f"audio_tasks_total {TASKS}.0",
                    f'audio_ended_total{{queue="audio_queue"}} {2 * TASKS}.0',
                    f"audio_seconds_count {TASKS}.0",
                    f"audio_seconds_sum {2 * TASKS}.0",
                ]
                wait_for(f"{TASKS} tasks in as many children", lambda: total() == counted, seconds=60, observe=total)
                # Celery's pool can hang if it is closed while it replaces a child, which this test is not about.
                # A child that has run a task removes its gauge when it ends.

                def settled():
                    gauges = samples(get("/metrics")[2], "audio_uptime_seconds")
                    return gauges == [] and len(children(worker.pid)) == SLOTS

                wait_for("a new child in every slot", settled, seconds=60)
                # When the worker has ended, all of its children have.
                worker.send_signal(signal.SIGTERM)
                assert worker.wait(timeout=60) == 0
                assert total() == counted
                assert samples(get("/metrics")[2], "audio_uptime_seconds") == []
        finally:
            worker.kill()
    slots = {f"{kind}_child-{slot}.db" for slot in range(SLOTS) for kind in ("counter", "histogram")}
    # Pid 0: the initial zeros.
    main = {f"{kind}_{name}.db" for kind in ("counter", "histogram") for name in (0, worker.pid)}
    left = {file.name for file in metrics.iterdir() if not file.name.startswith("gauge_")}
    assert left <= slots | main
    assert len(left & slots) >= 2
