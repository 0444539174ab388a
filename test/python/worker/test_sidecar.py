"""The metrics sidecar as its pod runs it: a separate process that serves HTTP."""

import os
import signal
import struct
import subprocess
import sys

import pytest
from sidecar_process import SIDECAR, samples, sidecar

COUNT = """
import sys
from prometheus_client import Counter, Gauge, Histogram
Counter("audio_tasks_total", "Tasks", ["status"]).labels(status="completed").inc(int(sys.argv[1]))
Gauge("audio_uptime_seconds", "Uptime").set(1)
Histogram("audio_task_duration_seconds", "Durations").observe(2)
"""


def count(directory, number):
    """Runs a process that increments its metrics and ends without cleaning up."""
    env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(directory)}
    subprocess.run([sys.executable, "-c", COUNT, str(number)], env=env, check=True, timeout=60)


def test_metrics_are_the_sums_over_all_processes(tmp_path):
    with sidecar(tmp_path) as get:
        for number in (1, 2, 4):
            count(tmp_path, number)
        status, content_type, text = get("/metrics")
    assert status == 200
    assert content_type.startswith("text/plain; version=")
    assert samples(text, "audio_tasks_total{") == ['audio_tasks_total{status="completed"} 7.0']
    assert samples(text, "audio_task_duration_seconds_count") == ["audio_task_duration_seconds_count 3.0"]


def test_openmetrics_format_is_served_on_request(tmp_path):
    with sidecar(tmp_path) as get:
        count(tmp_path, 1)
        _, content_type, text = get("/metrics", accept="application/openmetrics-text; version=1.0.0")
    assert content_type.startswith("application/openmetrics-text")
    assert text.endswith("# EOF\n")


def test_sidecar_writes_no_metric_file(tmp_path):
    with sidecar(tmp_path, env={"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}) as get:
        assert get("/metrics")[0] == 200
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["/", "/metrics/", "/favicon.ico"])
def test_other_paths_are_not_found(tmp_path, path):
    with sidecar(tmp_path) as get:
        assert get(path)[0] == 404


def test_broken_metric_file_is_an_http_500_and_the_sidecar_stays_healthy(tmp_path):
    (tmp_path / "counter_1.db").write_bytes(b"no such format")
    with sidecar(tmp_path) as get:
        assert get("/healthz")[0] == 200
        assert get("/metrics")[0] == 500
        assert get("/healthz")[0] == 200


def test_file_removed_while_reading_is_retried(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SIDECAR.parent))
    import sidecar as program
    from prometheus_client import multiprocess

    listed = [0]

    def vanishing(pattern):
        listed[0] += 1
        return [str(tmp_path / "gauge_all_1.db")] if listed[0] < 3 else []

    monkeypatch.setattr(multiprocess.glob, "glob", vanishing)
    assert program.exposition(str(tmp_path), "")[0] == b""
    assert listed[0] == 3


def test_file_that_was_just_created_is_retried(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SIDECAR.parent))
    import sidecar as program

    count(tmp_path, 1)
    created = tmp_path / "counter_2.db"
    created.touch()
    # While the sidecar waits, the process writes the file.
    monkeypatch.setattr(program.time, "sleep", lambda _: os.truncate(created, 65536))
    assert b'audio_tasks_total{status="completed"} 1.0' in program.exposition(str(tmp_path), "")[0]


def test_file_that_stays_broken_is_an_error_after_three_attempts(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SIDECAR.parent))
    import sidecar as program

    pauses = []
    monkeypatch.setattr(program.time, "sleep", pauses.append)
    (tmp_path / "counter_2.db").touch()
    with pytest.raises(struct.error):
        program.exposition(str(tmp_path), "")
    assert len(pauses) == 2


def test_page_is_empty_if_the_image_has_no_prometheus_client(tmp_path):
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "prometheus_client.py").write_text("raise ImportError('not here')")
    with sidecar(tmp_path, env={"PYTHONPATH": str(hidden)}) as get:
        status, _, text = get("/metrics")
    assert status == 200
    assert text == "# the image has no prometheus_client: not here\n"


def test_sigterm_ends_the_sidecar(tmp_path):
    with sidecar(tmp_path) as get:
        get.process.send_signal(signal.SIGTERM)
        assert get.process.wait(timeout=5) == 0
