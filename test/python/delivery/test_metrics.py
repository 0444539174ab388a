"""Metrics of a real worker, read from the sidecar's page as Prometheus does."""

import os
import signal
import subprocess
import sys
import time

import pytest
from audio_processor_celery import gauges, metrics
from celery import signals
from service import QUEUE
from waiting import wait_for
from worker.sidecar_process import sidecar

STATES = ("failure", "retry", "revoked", "success")


@pytest.fixture
def counted(service):
    """A metrics directory and its sidecar; yields functions that start a worker, read a series, and read all ends."""
    directory = service.directory / "metrics"
    directory.mkdir()
    with sidecar(directory) as get:

        def start(*options, **env):
            return service.worker("a", *options, PROMETHEUS_MULTIPROC_DIR=str(directory), **env)

        def value(name, **labels):
            """Value of a series of the module; None if there is none."""
            wanted = {"queue": QUEUE, **labels} if name != "heartbeat_timestamp_seconds" else {}
            text = ",".join(f'{key}="{wanted[key]}"' for key in sorted(wanted))
            series = f"celery_worker_{name}{{{text}}}" if text else f"celery_worker_{name}"
            found = [line.split()[-1] for line in get("/metrics")[2].splitlines() if line.split(" ")[0] == series]
            assert len(found) < 2, f"{series} is exposed {len(found)} times"
            return float(found[0]) if found else None

        def ends():
            """Ends of tasks by state, without zeros."""
            every = {state: value("tasks_finished_total", state=state) for state in STATES}
            return {state: number for state, number in every.items() if number}

        start.directory = directory
        yield start, value, ends


@pytest.mark.slow
@pytest.mark.contract
def test_every_series_of_a_queue_exists_before_the_first_task(counted):
    start, value, _ = counted
    start("-Q", f"{QUEUE},celery")
    for queue in (QUEUE, "celery"):
        for name in ("tasks_started_total", "tasks_redelivered_total", "tasks_quarantined_total"):
            assert value(name, queue=queue) == 0, name
        for state in STATES:
            assert value("tasks_finished_total", queue=queue, state=state) == 0
        for name in ("task_seconds", "task_wait_seconds"):
            assert value(f"{name}_count", queue=queue) == 0
            assert value(f"{name}_bucket", queue=queue, le="7200.0") == 0
        wait_for("the worker to consume", lambda queue=queue: value("queue_consumed", queue=queue) == 1)


@pytest.mark.contract
def test_child_processes_count_starts_ends_and_durations(service, counted):
    start, value, ends = counted
    start()
    for name, how in (("good", "succeed"), ("bad", "fail"), ("again", "retry")):
        service.send(name, 0, how)
    wait_for("all ends", lambda: ends() == {"success": 2, "failure": 1, "retry": 1})
    assert value("tasks_started_total") == 4
    wait_for("all durations", lambda: value("task_seconds_count") == 4)
    # Without that of the retry, which waits for its countdown.
    assert value("task_wait_seconds_count") == 3
    assert value("task_wait_seconds_bucket", le="60.0") == 3
    assert value("tasks_redelivered_total") == 0


@pytest.mark.slow
@pytest.mark.contract
def test_task_that_exceeds_its_hard_time_limit_is_one_failure_with_its_duration(service, counted):
    start, value, ends = counted
    start("--time-limit=6")
    service.send("endless", 60)
    service.send("next")
    service.wait_until_acknowledged("next", seconds=60)
    wait_for("both ends", lambda: ends() == {"failure": 1, "success": 1})
    wait_for("the last duration", lambda: value("task_seconds_bucket", le="1.0") == 1)
    assert value("task_seconds_count") == 2
    assert value("tasks_started_total") == 2
    assert value("task_seconds_bucket", le="5.0") == 1
    assert value("tasks_redelivered_total") == 0


@pytest.mark.slow
@pytest.mark.contract
def test_quarantined_task_is_one_failure_after_its_redeliveries(service, counted):
    start, value, ends = counted
    start(AUDIO_PROCESSOR_MAX_REDELIVERIES="1")
    service.send("poison", 0, "die")
    wait_for("the quarantine", lambda: value("tasks_quarantined_total") == 1, seconds=60)
    wait_for("its end", lambda: ends() == {"failure": 1})
    assert value("tasks_started_total") == 2
    assert value("tasks_redelivered_total") == 2
    assert value("task_seconds_count") == 0


@pytest.mark.slow
def test_killed_task_that_is_not_redelivered_is_one_failure(service, counted):
    start, value, ends = counted
    (service.directory / "once.py").write_text(
        "from sample import work\nwork.reject_on_worker_lost = False\n"
    )
    start("--include=once", PYTHONPATH=f"{service.directory}:{service.env()['PYTHONPATH']}")
    service.send("poison", 0, "die")
    wait_for("its end", lambda: ends() == {"failure": 1})
    service.send("good")
    wait_for("the next one", lambda: ends() == {"failure": 1, "success": 1})
    assert value("tasks_redelivered_total") == 0


@pytest.mark.slow
def test_task_revoked_while_it_runs_ends_as_revoked(service, counted):
    from celery import Celery

    start, value, ends = counted
    start()
    task = service.send("long", 60)
    service.wait_until_started("long")
    Celery(broker=service.broker.url, set_as_current=False).control.revoke(task, terminate=True)
    wait_for("its end", lambda: ends() == {"revoked": 1})
    assert value("tasks_started_total") == 1


@pytest.mark.slow
def test_task_returned_by_a_cold_shutdown_is_neither_an_end_nor_a_redelivery(service, counted):
    start, value, ends = counted
    start()
    service.send("long", 4)
    service.wait_until_started("long")
    stopped = service.workers.pop("a")
    stopped.send_signal(signal.SIGQUIT)
    assert stopped.wait(timeout=30) is not None
    start()
    service.wait_until_acknowledged("long", seconds=60)
    wait_for("its end", lambda: ends() == {"success": 1})
    assert service.runs("long") == (2, 1)
    assert value("tasks_redelivered_total") == 0
    wait_for("the duration of the complete run", lambda: value("task_seconds_count") == 1)


@pytest.mark.slow
@pytest.mark.contract
def test_draining_worker_does_not_consume(service, counted):
    start, value, ends = counted
    worker = start()
    service.send("long", 4)
    service.wait_until_started("long")
    assert value("queue_consumed") == 1
    worker.send_signal(signal.SIGTERM)
    wait_for("the drain", lambda: value("queue_consumed") == 0)
    assert service.runs("long") == (1, 0)
    assert worker.wait(timeout=30) == 0
    assert ends() == {"success": 1}


@pytest.mark.slow
@pytest.mark.contract
def test_in_an_outage_the_heartbeat_continues_and_the_worker_does_not_consume(service, counted):
    start, value, _ = counted
    start()
    began = time.time()
    wait_for("a heartbeat", lambda: value("heartbeat_timestamp_seconds") > began)
    service.broker.stop()
    wait_for("the outage", lambda: value("queue_consumed") == 0, seconds=40)
    outage = time.time()
    wait_for("a heartbeat during it", lambda: value("heartbeat_timestamp_seconds") > outage)
    service.broker.start()
    wait_for("the end of the outage", lambda: value("queue_consumed") == 1, seconds=40)


@pytest.mark.slow
def test_files_of_a_slot_have_only_the_series_that_its_children_used(service, counted):
    """The files stay in memory for the life of the pod: a page or two each."""
    start, value, ends = counted
    start("--max-tasks-per-child=1", "-Q", f"{QUEUE},one,two,three,four,five,six")
    for number in range(4):
        service.send(f"task-{number}")
    wait_for("all ends", lambda: ends() == {"success": 4}, seconds=40)
    size = {file.name: file.stat().st_blocks * 512 for file in start.directory.iterdir()}
    assert size["counter_child-0.db"] <= 4096
    assert size["histogram_child-0.db"] <= 8192
    assert [name for name in size if "child" in name and "gauge" not in name and "child-0" not in name] == []


@pytest.mark.slow
def test_worker_without_prometheus_client_warns_and_runs_its_tasks(service, counted):
    start, _, _ = counted
    hidden = service.directory / "hidden"
    hidden.mkdir()
    (hidden / "prometheus_client.py").write_text("raise ImportError('not here')")
    start(PYTHONPATH=f"{hidden}:{service.env()['PYTHONPATH']}")
    service.send("good")
    service.wait_until_acknowledged("good")
    assert service.log("a").count("No task metrics: ImportError('not here')") == 1
    assert list(start.directory.iterdir()) == []


@pytest.mark.slow
def test_worker_without_a_writable_metrics_directory_warns_and_runs_its_tasks(service):
    service.worker("a", PROMETHEUS_MULTIPROC_DIR=str(service.directory / "missing"))
    service.send("good")
    service.wait_until_acknowledged("good")
    assert service.log("a").count("No task metrics: ") == 1


@pytest.mark.slow
def test_command_beside_the_worker_creates_no_metric_file(service, tmp_path):
    directory = tmp_path / "metrics"
    directory.mkdir()
    env = service.env(AUDIO_PROCESSOR_POOL="cpu", PROMETHEUS_MULTIPROC_DIR=str(directory))
    subprocess.run([sys.executable, "-m", "celery", "-A", "sample", "report"], env=env, check=True, timeout=60)
    assert list(directory.iterdir()) == []


def test_process_1_removes_the_gauges_of_the_previous_container(tmp_path, monkeypatch):
    connected = (signals.worker_process_init, signals.worker_process_shutdown)
    before = [list(one.receivers or []) for one in connected]
    (tmp_path / "gauge_livemax_1.db").touch()
    (tmp_path / "gauge_all_child-0.db").touch()
    (tmp_path / "counter_1.db").touch()
    monkeypatch.setattr(os, "getpid", lambda: 1)
    gauges.connect({"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)})
    for one, receivers in zip(connected, before, strict=True):
        one.receivers = receivers
        one.sender_receivers_cache.clear()
    assert [file.name for file in tmp_path.iterdir()] == ["counter_1.db"]


def test_application_may_have_metrics_of_the_same_names():
    from prometheus_client import REGISTRY, Counter

    metrics.Metrics()
    same = Counter("celery_worker_tasks_started", "Of the application", ["queue"])
    REGISTRY.unregister(same)


BREAK = """
from prometheus_client.metrics import Gauge, MetricWrapperBase

def broken(*_, **__):
    raise OSError("simulated failure")

MetricWrapperBase.labels = Gauge.set = broken
"""


@pytest.mark.slow
@pytest.mark.contract
def test_failing_metrics_affect_no_task_and_no_quarantine(service, counted):
    (service.directory / "breaking.py").write_text(BREAK)
    start, _, _ = counted
    path = f"{service.directory}:{service.env()['PYTHONPATH']}"
    start("--include=breaking", AUDIO_PROCESSOR_MAX_REDELIVERIES="1", PYTHONPATH=path)
    poison = service.send("poison", 0, "die")
    wait_for("the quarantine", lambda: service.broker.client.llen(f"dead:{QUEUE}") == 1, seconds=60)
    wait_for("its end", lambda: service.state(poison) == "FAILURE")
    service.send("good")
    service.send("bad", 0, "fail")
    service.wait_until_acknowledged("good", "bad")
    assert service.runs("poison") == (2, 0)
    assert service.broker.client.llen(f"dead:{QUEUE}") == 1
    for name in ("create_series", "set_consuming", "set_heartbeat", "redelivered", "quarantined"):
        line = f"A metric was not updated: {name}: OSError('simulated failure')"
        assert service.log("a").count(line) == 1, name
