"""The sidecar as its pod runs it: a process of its own, asked over HTTP."""

import os
import signal
import struct
import subprocess
import sys

import pytest
from asking import SIDECAR, samples, sidecar

COUNT = """
import sys
from prometheus_client import Counter, Gauge, Histogram
Counter("audio_tasks_total", "Tasks", ["status"]).labels(status="completed").inc(int(sys.argv[1]))
Gauge("audio_uptime_seconds", "Uptime").set(1)
Histogram("audio_task_duration_seconds", "Durations").observe(2)
"""


def count(directory, number):
    """One process that counts, and ends without a word."""
    env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(directory)}
    subprocess.run([sys.executable, "-c", COUNT, str(number)], env=env, check=True, timeout=60)


def test_sums_what_all_processes_counted(tmp_path):
    with sidecar(tmp_path) as ask:
        for number in (1, 2, 4):
            count(tmp_path, number)
        status, content_type, text = ask("/metrics")
    assert status == 200
    assert content_type.startswith("text/plain; version=")
    assert samples(text, "audio_tasks_total{") == ['audio_tasks_total{status="completed"} 7.0']
    assert samples(text, "audio_task_duration_seconds_count") == ["audio_task_duration_seconds_count 3.0"]


def test_speaks_openmetrics_to_who_asks_for_it(tmp_path):
    with sidecar(tmp_path) as ask:
        count(tmp_path, 1)
        _, content_type, text = ask("/metrics", accept="application/openmetrics-text; version=1.0.0")
    assert content_type.startswith("application/openmetrics-text")
    assert text.endswith("# EOF\n")


def test_leaves_no_file_of_its_own(tmp_path):
    with sidecar(tmp_path, env={"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}) as ask:
        assert ask("/metrics")[0] == 200
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["/", "/metrics/", "/favicon.ico"])
def test_has_nothing_else(tmp_path, path):
    with sidecar(tmp_path) as ask:
        assert ask(path)[0] == 404


def test_is_healthy_where_metrics_fail_and_says_why_in_its_log(tmp_path):
    (tmp_path / "counter_1.db").write_bytes(b"no such format")
    with sidecar(tmp_path) as ask:
        assert ask("/healthz")[0] == 200
        assert ask("/metrics")[0] == 500
        assert ask("/healthz")[0] == 200


def test_bears_files_that_vanish_while_it_reads(tmp_path, monkeypatch):
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


def test_bears_a_file_that_its_process_has_only_just_made(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SIDECAR.parent))
    import sidecar as program

    count(tmp_path, 1)
    fresh = tmp_path / "counter_2.db"
    fresh.touch()
    # What its process does next, while the sidecar pauses.
    monkeypatch.setattr(program.time, "sleep", lambda _: os.truncate(fresh, 65536))
    assert b'audio_tasks_total{status="completed"} 1.0' in program.exposition(str(tmp_path), "")[0]


def test_does_not_hide_that_a_file_stays_broken(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SIDECAR.parent))
    import sidecar as program

    pauses = []
    monkeypatch.setattr(program.time, "sleep", pauses.append)
    (tmp_path / "counter_2.db").touch()
    with pytest.raises(struct.error):
        program.exposition(str(tmp_path), "")
    assert len(pauses) == 2


def test_serves_an_empty_page_where_the_image_has_no_prometheus_client(tmp_path):
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "prometheus_client.py").write_text("raise ImportError('not here')")
    with sidecar(tmp_path, env={"PYTHONPATH": str(hidden)}) as ask:
        status, _, text = ask("/metrics")
    assert status == 200
    assert text == "# the image has no prometheus_client: not here\n"


def test_ends_on_sigterm_at_once(tmp_path):
    with sidecar(tmp_path) as ask:
        ask.process.send_signal(signal.SIGTERM)
        assert ask.process.wait(timeout=5) == 0
