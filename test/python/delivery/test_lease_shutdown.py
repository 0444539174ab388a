"""The lease in a drain (warm shutdown, SIGTERM) and in a cold shutdown (SIGQUIT). Real Celery, a real broker."""

import signal
import time

import pytest
from service import QUEUE, REDELIVER_AFTER
from waiting import wait_for


@pytest.mark.slow
@pytest.mark.contract
def test_drain_longer_than_the_visibility_timeout_keeps_its_task(service):
    """The event loop has stopped in a drain; the lease thread has not."""
    worker = service.worker("a")
    service.send("long", REDELIVER_AFTER + 4)
    service.wait_until_started("long")
    worker.send_signal(signal.SIGTERM)
    started_at = service.times("start", "long")[0]
    wait_for("the first score to expire", lambda: time.time() > started_at + REDELIVER_AFTER + 1)
    service.redeliver_expired()
    assert service.broker.client.llen(QUEUE) == 0
    assert worker.wait(timeout=30) == 0
    assert service.broker.unacked() == 0
    assert service.runs("long") == (1, 1)


@pytest.mark.slow
@pytest.mark.contract
def test_drain_keeps_a_task_whose_start_the_main_process_does_not_know_yet(service):
    """Celery drops such a task when a drain begins, and it would run a second time."""
    worker = service.worker("a", "--include=late_accept")
    task = service.send("started", REDELIVER_AFTER + 2)
    assert worker.wait(timeout=40) == 0
    assert (service.broker.unacked(), service.broker.client.llen(QUEUE)) == (0, 0)
    assert service.runs("started") == (1, 1)
    assert service.state(task) == "SUCCESS"


@pytest.mark.slow
@pytest.mark.contract
def test_cold_shutdown_returns_running_and_scheduled_tasks_to_their_queue(service):
    worker = service.worker("a", concurrency=2)
    task = service.send("long", 300)
    service.wait_until_started("long")
    service.send("scheduled", 300, countdown=600)
    service.wait("both to be unacknowledged", lambda: service.broker.unacked() == 2)
    worker.send_signal(signal.SIGTERM)
    worker.send_signal(signal.SIGQUIT)
    begun = time.monotonic()
    worker.wait(timeout=60)
    assert time.monotonic() - begun < 25
    assert service.broker.unacked() == 0
    assert service.broker.client.llen(QUEUE) == 2
    assert service.broker.client.get(f"redeliveries:{task}") == "-1", "a drain is not a failure of the task"


@pytest.mark.slow
def test_redelivery_after_a_cold_shutdown_does_not_count(service):
    worker = service.worker("a")
    task = service.send("long", 300)
    service.wait_until_started("long")
    worker.send_signal(signal.SIGQUIT)
    worker.wait(timeout=60)
    service.worker("b", AUDIO_PROCESSOR_MAX_REDELIVERIES="1")
    service.wait_until_started("long", times=2)
    assert service.broker.client.get(f"redeliveries:{task}") == "0"


@pytest.mark.slow
@pytest.mark.contract
def test_drain_during_an_outage_ends_before_the_grace_period(service):
    """SIGQUIT is sent 45 s before the grace period ends, and 60 s in pools with `drain.mode: requeue`."""
    worker = service.worker("a", "--loglevel=debug", concurrency=4)
    for name in ("one", "two", "three"):
        service.send(name, 300)
    service.wait_until_started("one", "two", "three")
    service.broker.stop()
    service.wait_for_outage("a")
    worker.send_signal(signal.SIGTERM)
    wait_for("the worker to wait for its tasks", lambda: "Stopping Pool" in service.log("a"))
    assert worker.poll() is None
    worker.send_signal(signal.SIGQUIT)
    begun = time.monotonic()
    worker.wait(timeout=60)
    assert time.monotonic() - begun < 25
    service.broker.start()
    service.redeliver_expired(0)
    assert service.broker.client.llen(QUEUE) == 3


@pytest.mark.slow
def test_drain_during_an_outage_stores_its_results_when_the_broker_is_back(service):
    worker = service.worker("a")
    task = service.send("long", 3)
    service.wait_until_started("long")
    service.broker.stop()
    worker.send_signal(signal.SIGTERM)
    wait_for("the end of the task", lambda: service.times("end", "long"))
    service.broker.start()
    assert worker.wait(timeout=30) == 0
    assert service.state(task) == "SUCCESS"
    assert service.broker.unacked() == 0
