"""The files that the probes look at, on Celery's own signals and in a real worker."""

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

USED = [signals.celeryd_init, signals.beat_init, signals.worker_ready, signals.heartbeat_sent, signals.worker_shutting_down]


@pytest.fixture(autouse=True)
def own_receivers():
    """Takes the receivers of a test away after it."""
    before = [list(used.receivers or []) for used in USED]
    yield
    for used, receivers in zip(USED, before, strict=True):
        used.receivers = receivers
        used.sender_receivers_cache.clear()


@pytest.fixture
def health(tmp_path):
    heartbeat.connect({"AUDIO_PROCESSOR_HEALTH_DIR": str(tmp_path)})
    return tmp_path


def names(directory):
    return sorted(path.name for path in directory.iterdir())


def test_connecting_touches_nothing(health):
    assert names(health) == []


def test_a_worker_that_consumes_is_ready_and_alive(health):
    signals.worker_ready.send(sender="worker")
    assert names(health) == ["heartbeat", "ready"]


def test_beat_is_ready_when_it_has_its_schedule(health):
    signals.beat_init.send(sender="beat")
    assert "ready" in names(health)


@pytest.mark.contract
def test_beat_touches_its_heartbeat_at_each_turn_whatever_is_due(service):
    """Its loop turns once a minute at least; the schedule's own file shows nothing where dbm.ndbm keeps it."""
    process, health = service.beat("--max-interval=1")
    heartbeat = health / "heartbeat"
    for _ in range(2):
        os.utime(heartbeat, (0, 0))
        wait_for("the next turn", lambda: heartbeat.stat().st_mtime > 0)
    os.kill(process.pid, signal.SIGSTOP)
    os.utime(heartbeat, (0, 0))
    time.sleep(2)
    assert heartbeat.stat().st_mtime == 0, "a beat that is frozen does not turn"


def test_no_setting_of_beat_makes_its_turns_longer_than_a_minute(health):
    class Service:
        class scheduler:
            max_interval = 300
            tick = staticmethod(lambda: 300)

    signals.beat_init.send(sender=Service)
    assert Service.scheduler.max_interval == heartbeat.TURN
    assert Service.scheduler.tick() == 300


def test_each_heartbeat_renews_the_file(health):
    signals.worker_ready.send(sender="worker")
    os.utime(health / "heartbeat", (0, 0))
    signals.heartbeat_sent.send(sender="heart")
    assert (health / "heartbeat").stat().st_mtime > 0


def test_a_heartbeat_counts_only_while_the_lease_lives_too(health, monkeypatch):
    """The event loop may go on beside a thread that has died."""
    signals.worker_ready.send(sender="worker")
    os.utime(health / "heartbeat", (0, 0))
    monkeypatch.setattr(heartbeat, "turned", time.monotonic() - heartbeat.STALE - 1)
    signals.heartbeat_sent.send(sender="heart")
    assert (health / "heartbeat").stat().st_mtime == 0
    monkeypatch.setattr(heartbeat, "turned", time.monotonic())
    signals.heartbeat_sent.send(sender="heart")
    assert (health / "heartbeat").stat().st_mtime > 0


def test_in_an_outage_the_lease_beats_in_the_loops_place(health):
    heartbeat.beat()
    assert names(health) == ["heartbeat"]


def test_a_worker_that_drains_is_no_longer_ready_but_alive(health):
    signals.worker_ready.send(sender="worker")
    signals.worker_shutting_down.send(sender="cpu@pod", sig="SIGTERM", how="Warm", exitcode=0)
    assert names(health) == ["heartbeat"]


def test_a_new_container_forgets_what_the_dead_one_left(health):
    (health / "ready").touch()
    (health / "heartbeat").touch()
    signals.celeryd_init.send(sender="cpu@pod", instance=None, conf=None, options={})
    assert names(health) == []


def test_the_first_process_of_a_container_forgets_it_before_any_import(tmp_path, monkeypatch):
    (tmp_path / "ready").touch()
    monkeypatch.setattr(os, "getpid", lambda: 1)
    heartbeat.connect({"AUDIO_PROCESSOR_HEALTH_DIR": str(tmp_path)})
    assert names(tmp_path) == []


def test_a_command_beside_the_worker_leaves_its_files(tmp_path):
    (tmp_path / "ready").touch()
    heartbeat.connect({"AUDIO_PROCESSOR_HEALTH_DIR": str(tmp_path)})
    assert names(tmp_path) == ["ready"]


def test_without_a_directory_no_signal_is_taken():
    before = [len(used.receivers or []) for used in USED]
    heartbeat.connect({})
    assert [len(used.receivers or []) for used in USED] == before


def is_empty(file):
    try:
        return not file.read_text()
    except FileNotFoundError:
        return False


def test_in_a_real_worker_the_files_come_and_go(tmp_path):
    health = tmp_path / "health"
    health.mkdir()
    ready = health / "ready"
    ready.write_text("of a container that died")
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
            wait_for("the worker to consume with a file of its own", lambda: is_empty(ready))
            os.utime(health / "heartbeat", (0, 0))
            wait_for("a heartbeat", lambda: (health / "heartbeat").stat().st_mtime > 0)
            worker.send_signal(signal.SIGTERM)
            wait_for("the drain", lambda: not ready.exists())
            assert worker.wait(timeout=20) == 0
        finally:
            worker.kill()
