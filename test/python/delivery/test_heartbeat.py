"""The health files that the probes read, by Celery's signals and in a real worker."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from audio_processor_celery import heartbeat
from celery import signals
from conftest import MODULE_DIRECTORY
from waiting import wait_for

SIGNALS = [
    signals.celeryd_init,
    signals.beat_init,
    signals.worker_ready,
    signals.heartbeat_sent,
    signals.worker_shutting_down,
]


@pytest.fixture(autouse=True)
def restored_receivers():
    """Disconnects the receivers that a test has connected."""
    before = [list(one.receivers or []) for one in SIGNALS]
    yield
    for one, receivers in zip(SIGNALS, before, strict=True):
        one.receivers = receivers
        one.sender_receivers_cache.clear()


@pytest.fixture
def health(tmp_path):
    heartbeat.connect({"AUDIO_PROCESSOR_HEALTH_DIR": str(tmp_path)})
    return tmp_path


def names(directory):
    return sorted(path.name for path in directory.iterdir())


def test_connect_creates_no_file(health):
    assert names(health) == []


def test_consuming_worker_is_ready_and_has_a_heartbeat(health):
    signals.worker_ready.send(sender="worker")
    assert names(health) == ["heartbeat", "ready"]


def test_beat_is_ready_when_it_has_read_its_schedule(health):
    signals.beat_init.send(sender="beat")
    assert "ready" in names(health)


@pytest.mark.slow
@pytest.mark.contract
def test_beat_touches_its_heartbeat_at_each_tick_even_if_no_task_is_due(service):
    heartbeat = service.beat("--max-interval=1") / "heartbeat"
    for _ in range(2):
        os.utime(heartbeat, (0, 0))
        wait_for("the next tick", lambda: heartbeat.stat().st_mtime > 0)


def test_beat_ticks_at_least_once_a_minute_whatever_its_max_interval_is(health):
    class Service:
        class scheduler:
            max_interval = 300
            tick = staticmethod(lambda: 300)

    signals.beat_init.send(sender=Service)
    assert Service.scheduler.max_interval == heartbeat.BEAT_MAX_INTERVAL
    assert Service.scheduler.tick() == 300


def test_each_heartbeat_touches_the_file(health):
    signals.worker_ready.send(sender="worker")
    os.utime(health / "heartbeat", (0, 0))
    signals.heartbeat_sent.send(sender="heart")
    assert (health / "heartbeat").stat().st_mtime > 0


def test_heartbeat_does_not_touch_the_file_when_the_lease_thread_has_died(health, monkeypatch):
    """The event loop runs on without the thread."""
    signals.worker_ready.send(sender="worker")
    os.utime(health / "heartbeat", (0, 0))
    monkeypatch.setattr(heartbeat, "last_renewal", time.monotonic() - heartbeat.RENEWAL_TIMEOUT - 1)
    signals.heartbeat_sent.send(sender="heart")
    assert (health / "heartbeat").stat().st_mtime == 0
    monkeypatch.setattr(heartbeat, "last_renewal", time.monotonic())
    signals.heartbeat_sent.send(sender="heart")
    assert (health / "heartbeat").stat().st_mtime > 0


def test_lease_can_touch_the_file_in_an_outage(health):
    heartbeat.touch()
    assert names(health) == ["heartbeat"]


def test_draining_worker_is_not_ready_and_keeps_its_heartbeat(health):
    signals.worker_ready.send(sender="worker")
    signals.worker_shutting_down.send(sender="cpu@pod", sig="SIGTERM", how="Warm", exitcode=0)
    assert names(health) == ["heartbeat"]


def test_worker_removes_the_files_of_the_previous_container_when_it_starts(health):
    (health / "ready").touch()
    (health / "heartbeat").touch()
    signals.celeryd_init.send(sender="cpu@pod", instance=None, conf=None, options={})
    assert names(health) == []


def test_process_1_removes_the_files_of_the_previous_container_at_import(tmp_path, monkeypatch):
    (tmp_path / "ready").touch()
    monkeypatch.setattr(os, "getpid", lambda: 1)
    heartbeat.connect({"AUDIO_PROCESSOR_HEALTH_DIR": str(tmp_path)})
    assert names(tmp_path) == []


def test_command_beside_the_worker_keeps_the_files(tmp_path):
    (tmp_path / "ready").touch()
    heartbeat.connect({"AUDIO_PROCESSOR_HEALTH_DIR": str(tmp_path)})
    assert names(tmp_path) == ["ready"]


def test_without_a_directory_no_signal_is_connected():
    before = [len(one.receivers or []) for one in SIGNALS]
    heartbeat.connect({})
    assert [len(one.receivers or []) for one in SIGNALS] == before


def is_empty(file):
    try:
        return not file.read_text()
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_real_worker_creates_and_removes_the_files(tmp_path):
    health = tmp_path / "health"
    health.mkdir()
    ready = health / "ready"
    ready.write_text("of the previous container")
    (tmp_path / "sample.py").write_text(
        textwrap.dedent("""
            from celery import Celery
            celery_app = Celery("audio_processor", broker="memory://", backend="cache+memory://")
        """)
    )
    with subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "sample", "worker", "-n", "cpu@%h", "--concurrency=1"]
        + ["--without-gossip", "--without-mingle"],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(MODULE_DIRECTORY),
            "CELERY_CONFIG_MODULE": "audio_processor_celery",
            "AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "5400",
            "AUDIO_PROCESSOR_POOL": "cpu",
            "AUDIO_PROCESSOR_HEALTH_DIR": str(health),
        },
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as worker:
        try:
            wait_for("the worker to replace the file", lambda: is_empty(ready))
            os.utime(health / "heartbeat", (0, 0))
            wait_for("a heartbeat", lambda: (health / "heartbeat").stat().st_mtime > 0)
            worker.send_signal(signal.SIGTERM)
            wait_for("the drain", lambda: not ready.exists())
            assert worker.wait(timeout=20) == 0
        finally:
            worker.kill()
