"""Gauges of children that ended; their counters stay."""

import os
from types import SimpleNamespace

import pytest
from audio_processor_celery import gauges, slots
from celery import signals
from waiting import wait_for

USED = (signals.worker_process_init, signals.worker_process_shutdown)


@pytest.fixture
def directory(tmp_path):
    before = [list(used.receivers or []) for used in USED]
    gauges.connect({"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)})
    yield tmp_path
    for used, receivers in zip(USED, before, strict=True):
        used.receivers = receivers
        used.sender_receivers_cache.clear()


def files(directory, *pids):
    for pid in pids:
        for kind in ("counter", "histogram", "gauge_all", "gauge_livesum"):
            (directory / f"{kind}_{pid}.db").touch()


def names(directory):
    return sorted(path.name for path in directory.iterdir())


def test_a_child_that_ends_takes_its_own_gauges_along(directory):
    alive = os.getppid()
    files(directory, os.getpid(), alive)
    signals.worker_process_shutdown.send(sender=None, pid=os.getpid(), exitcode=0)
    left = names(directory)
    assert [name for name in left if name.startswith("gauge")] == [f"gauge_all_{alive}.db", f"gauge_livesum_{alive}.db"]
    assert len([name for name in left if name.startswith(("counter", "histogram"))]) == 4


def test_a_new_child_removes_the_gauges_of_killed_ones(directory):
    files(directory, 2**22 + 1)
    signals.worker_process_init.send(sender=None)
    assert names(directory) == [f"counter_{2**22 + 1}.db", f"histogram_{2**22 + 1}.db"]


def test_a_new_child_clears_its_slot_before_it_counts_and_no_other(directory, monkeypatch):
    monkeypatch.setattr(slots, "known", (None, None))
    monkeypatch.setattr(slots, "main", os.getppid())
    monkeypatch.setattr(slots, "current_process", lambda: SimpleNamespace(index=1))
    files(directory, "child-1", "child-11", "child-0")
    assert slots.identifier() == "child-1"
    left = [name for name in names(directory) if name.startswith("gauge_all")]
    assert left == ["gauge_all_child-0.db", "gauge_all_child-11.db"]
    files(directory, "child-1")
    signals.worker_process_init.send(sender=None)
    assert (directory / "gauge_all_child-1.db").exists()
    signals.worker_process_shutdown.send(sender=None, pid=os.getpid(), exitcode=0)
    assert [name for name in names(directory) if name.startswith("gauge_all")] == left
    assert len([name for name in names(directory) if name.startswith("counter")]) == 3


def test_without_a_directory_no_signal_is_taken():
    before = [len(used.receivers or []) for used in USED]
    gauges.connect({})
    assert [len(used.receivers or []) for used in USED] == before


def test_in_a_real_worker_recycled_children_leave_counters_only(service):
    """The gauges are written here by the test, as prometheus_client names them."""
    metrics = service.directory / "metrics"
    metrics.mkdir()
    service.worker("a", "--max-tasks-per-child=1", PROMETHEUS_MULTIPROC_DIR=str(metrics))
    service.send("one", 2)
    service.until_started("one")
    files(metrics, "child-0")
    service.until_settled("one")
    wait_for("the end of the child", lambda: not (metrics / "gauge_all_child-0.db").exists())
    of_child = [name for name in names(metrics) if name.endswith("_child-0.db")]
    assert of_child == ["counter_child-0.db", "histogram_child-0.db"]
