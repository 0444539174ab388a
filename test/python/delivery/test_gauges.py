"""Gauges of dead processes are removed; their counters and histograms stay."""

import os
from types import SimpleNamespace

import pytest
from audio_processor_celery import gauges, slots
from celery import signals
from waiting import wait_for

SIGNALS = (signals.worker_process_init, signals.worker_process_shutdown)


@pytest.fixture
def directory(tmp_path):
    before = [list(one.receivers or []) for one in SIGNALS]
    gauges.connect({"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)})
    yield tmp_path
    for one, receivers in zip(SIGNALS, before, strict=True):
        one.receivers = receivers
        one.sender_receivers_cache.clear()


def create_files(directory, *identifiers):
    for identifier in identifiers:
        for kind in ("counter", "histogram", "gauge_all", "gauge_livesum"):
            (directory / f"{kind}_{identifier}.db").touch()


def names(directory):
    return sorted(path.name for path in directory.iterdir())


def test_child_that_ends_removes_only_its_own_gauges(directory):
    alive = os.getppid()
    create_files(directory, os.getpid(), alive)
    signals.worker_process_shutdown.send(sender=None, pid=os.getpid(), exitcode=0)
    left = names(directory)
    assert [name for name in left if name.startswith("gauge")] == [f"gauge_all_{alive}.db", f"gauge_livesum_{alive}.db"]
    assert len([name for name in left if name.startswith(("counter", "histogram"))]) == 4


def test_new_child_removes_the_gauges_of_killed_processes(directory):
    create_files(directory, 2**22 + 1)
    signals.worker_process_init.send(sender=None)
    assert names(directory) == [f"counter_{2**22 + 1}.db", f"histogram_{2**22 + 1}.db"]


def test_new_child_removes_the_gauges_of_its_slot_before_its_first_write(directory, monkeypatch):
    monkeypatch.setattr(slots, "cached_identifier", (None, None))
    monkeypatch.setattr(slots, "main_pid", os.getppid())
    monkeypatch.setattr(slots, "current_process", lambda: SimpleNamespace(index=1))
    create_files(directory, "child-1", "child-11", "child-0")
    assert slots.process_identifier() == "child-1"
    left = [name for name in names(directory) if name.startswith("gauge_all")]
    assert left == ["gauge_all_child-0.db", "gauge_all_child-11.db"]
    create_files(directory, "child-1")
    signals.worker_process_init.send(sender=None)
    assert (directory / "gauge_all_child-1.db").exists()
    signals.worker_process_shutdown.send(sender=None, pid=os.getpid(), exitcode=0)
    assert [name for name in names(directory) if name.startswith("gauge_all")] == left
    assert len([name for name in names(directory) if name.startswith("counter")]) == 3


def test_without_a_directory_no_signal_is_connected():
    before = [len(one.receivers or []) for one in SIGNALS]
    gauges.connect({})
    assert [len(one.receivers or []) for one in SIGNALS] == before


@pytest.mark.slow
def test_recycled_child_of_a_real_worker_leaves_only_counters_and_histograms(service):
    """The test creates the gauge files, under the names that prometheus_client gives them."""
    metrics = service.directory / "metrics"
    metrics.mkdir()
    service.worker("a", "--max-tasks-per-child=1", PROMETHEUS_MULTIPROC_DIR=str(metrics))
    service.send("one", 2)
    service.wait_until_started("one")
    create_files(metrics, "child-0")
    service.wait_until_acknowledged("one")
    wait_for("the end of the child", lambda: not (metrics / "gauge_all_child-0.db").exists())
    of_child = [name for name in names(metrics) if name.endswith("_child-0.db")]
    assert of_child == ["counter_child-0.db", "histogram_child-0.db"]
