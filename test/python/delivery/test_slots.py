"""Metric files: named by the slot of a child process, and none if the volume is full."""

import contextlib
import os
import struct
import subprocess
import sys

import pytest
from prometheus_client import values
from service import MODULE_DIRECTORY, QUEUE
from waiting import wait_for

METRICS = """
import os
from celery import signals
from prometheus_client import Gauge, Histogram

lengths = Histogram("audio_length_seconds", "Lengths")
uptime = Gauge("audio_uptime_seconds", "Uptime", ["name"])

@signals.task_prerun.connect
def count(args, **_):
    lengths.observe(2)
    uptime.labels(args[0]).set(1)
"""

FULL = """
from types import SimpleNamespace

def fill(**_):
    os.statvfs = lambda _: SimpleNamespace(f_blocks=100, f_bavail=255, f_frsize=4096)
"""

FAMILY = """
import os, sys
from audio_processor_celery import slots
from billiard import Process
from prometheus_client import Counter

slots.directory = os.environ["PROMETHEUS_MULTIPROC_DIR"]
before = Counter("before_total", "Created before install()")
slots.install()
after = Counter("after_total", "Created after it")

def count():
    before.inc()
    after.inc()

def child():
    count()
    if os.fork():
        os.wait()
    else:
        # As multiprocessing does: the process inherits the index of its parent.
        count()
        os._exit(0)

count()
for index in (0, 1, 1):
    process = Process(target=child)
    process.index = index
    process.start()
    process.join()
other = Process(target=count)
other.start()
other.join()
print(os.getpid(), other.pid)
"""


@pytest.fixture
def directory(service):
    made = service.directory / "metrics"
    made.mkdir()
    (service.directory / "counting.py").write_text(METRICS)
    return made


def start(service, directory, *options, **env):
    path = f"{service.directory}:{service.env()['PYTHONPATH']}"
    return service.worker(
        "a", "--include=counting", *options, PROMETHEUS_MULTIPROC_DIR=str(directory), PYTHONPATH=path, **env
    )


def names(directory, kind):
    return {file.name for file in directory.glob(f"{kind}_*.db")}


def collected(directory):
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    with contextlib.suppress(FileNotFoundError, struct.error):
        return list(MultiProcessCollector(CollectorRegistry(), path=str(directory)).collect())


def samples(directory, name):
    """Samples of a metric, summed over all processes: labels → value."""
    found = wait_for("metric files that no process is creating or removing", lambda: collected(directory))
    return {
        tuple(sample.labels.values()): sample.value
        for metric in found
        for sample in metric.samples
        if sample.name == name
    }


@pytest.mark.slow
@pytest.mark.contract
def test_successive_children_of_a_slot_share_its_files(service, directory):
    worker = start(service, directory, "--max-tasks-per-child=1", concurrency=2)
    for number in range(8):
        service.send(f"task-{number}")
    wait_for("all samples", lambda: samples(directory, "audio_length_seconds_count") == {(): 8}, seconds=60)
    wait_for("all ends", lambda: samples(directory, "celery_worker_tasks_finished_total")[QUEUE, "success"] == 8)
    assert samples(directory, "celery_worker_tasks_started_total") == {(QUEUE,): 8}
    assert samples(directory, "audio_length_seconds_sum") == {(): 16}
    for kind in ("counter", "histogram"):
        of_slots = {f"{kind}_child-0.db", f"{kind}_child-1.db"}
        assert names(directory, kind) <= of_slots | {f"{kind}_0.db", f"{kind}_{worker.pid}.db"}


@pytest.mark.slow
@pytest.mark.contract
def test_gauges_of_a_dead_child_are_removed_and_those_of_a_running_one_stay(service, directory):
    start(service, directory, "--max-tasks-per-child=1", concurrency=2, AUDIO_PROCESSOR_MAX_REDELIVERIES="1")

    def exposed():
        return sorted(name for _, name in map(sorted, samples(directory, "audio_uptime_seconds")))

    service.send("neighbour", 30)
    service.wait_until_started("neighbour")
    service.send("killed", 0, "die")
    service.wait_until_started("killed", times=2)
    for name in ("one", "two"):
        service.send(name)
    wait_for("their ends", lambda: samples(directory, "celery_worker_tasks_finished_total")[QUEUE, "success"] == 2)
    wait_for("the neighbour's gauge alone", lambda: exposed() == ["neighbour"])
    assert service.runs("neighbour") == (1, 0)


@pytest.mark.slow
def test_process_that_is_not_a_child_of_the_pool_uses_its_pid(tmp_path):
    env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "PYTHONPATH": str(MODULE_DIRECTORY)}
    ran = subprocess.run(
        [sys.executable, "-c", FAMILY], env=env, check=True, timeout=60, stdout=subprocess.PIPE, text=True
    )
    main, other = ran.stdout.split()
    found = names(tmp_path, "counter")
    expected = {f"counter_{name}.db" for name in (main, other, "child-0", "child-1")}
    assert expected < found
    # The process that each of the three children started.
    assert len(found - expected) == 3
    for name in ("before_total", "after_total"):
        assert samples(tmp_path, name) == {(): 8}


def test_another_implementation_of_prometheus_client_uses_slots_for_new_metrics(tmp_path, monkeypatch):
    from audio_processor_celery import slots

    monkeypatch.setattr(os, "register_at_fork", lambda **_: None)
    for name in ("main_pid", "cached_identifier"):
        monkeypatch.setattr(slots, name, getattr(slots, name))
    monkeypatch.setattr(values, "ValueClass", object())
    slots.install()
    assert isinstance(values.ValueClass, type)
    check = values.ValueClass._MmapedValue__check_for_pid_change
    assert slots.process_identifier in [cell.cell_contents for cell in check.__closure__]


def test_process_identifier_of_the_application_is_kept(monkeypatch):
    from audio_processor_celery import slots

    def chosen():
        return "chosen"

    monkeypatch.setattr(os, "register_at_fork", lambda **_: None)
    for name in ("main_pid", "cached_identifier"):
        monkeypatch.setattr(slots, name, getattr(slots, name))
    monkeypatch.setattr(values, "ValueClass", values.MultiProcessValue(chosen))
    slots.install()
    check = values.ValueClass._MmapedValue__check_for_pid_change
    assert chosen in [cell.cell_contents for cell in check.__closure__]


@pytest.mark.slow
@pytest.mark.contract
def test_child_with_a_full_volume_runs_its_task_without_metrics(service, directory):
    text = METRICS + FULL + "\nsignals.celeryd_after_setup.connect(fill, weak=False)\n"
    (service.directory / "counting.py").write_text(text)
    worker = start(service, directory)
    service.send("good")
    service.wait_until_acknowledged("good")
    line = f"No metrics in this process: less than 1 MiB is free in {directory}"
    wait_for("the warning", lambda: service.log("a").count(line) == 1)
    assert "Traceback" not in service.log("a")
    assert service.runs("good") == (1, 1)
    for kind in ("counter", "histogram", "gauge"):
        assert not [name for name in names(directory, kind) if not name.endswith(("_0.db", f"_{worker.pid}.db"))]


@pytest.mark.slow
def test_worker_with_a_full_volume_runs_its_tasks_without_metrics(service, directory):
    (service.directory / "sitecustomize.py").write_text(FULL.replace("from", "import os\nfrom") + "\nfill()\n")
    start(service, directory)
    service.send("good")
    service.wait_until_acknowledged("good")
    assert service.log("a").count("No task metrics: OSError('less than 1 MiB is free in ") == 1
    assert names(directory, "counter") == set()


def test_volume_without_a_size_limit_is_not_full(tmp_path, monkeypatch):
    from types import SimpleNamespace

    from audio_processor_celery import slots

    monkeypatch.setattr(slots, "directory", str(tmp_path))
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_blocks=0, f_bavail=0, f_frsize=4096))
    assert slots.check_free_space()
