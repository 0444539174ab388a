"""The lease: a live worker keeps its tasks, and those of a dead worker are redelivered. Real Celery, a real broker."""

import time
from threading import Event
from types import SimpleNamespace

import pytest
import redis
from audio_processor_celery import heartbeat, lease
from kombu import Connection
from kombu.transport.redis import Channel
from service import QUEUE, REDELIVER_AFTER, BreakingProxy
from waiting import wait_for


def runs(service, *names):
    return {name: service.runs(name) for name in names}


def once(*names):
    return {name: (1, 1) for name in names}


@pytest.mark.contract
def test_lost_connection_requeues_no_running_task_and_loses_no_acknowledgement(service):
    service.worker("a", concurrency=2)
    task = service.send("long", 3)
    failing = service.send("failing", 3, "fail")
    service.wait_until_started("long", "failing")
    service.broker.kill_connections()
    wait_for("the new connection", lambda: service.log("a").count("Connected to") == 2)
    assert service.broker.client.llen(QUEUE) == 0
    assert service.broker.unacked() == 2
    service.wait_until_acknowledged("long", "failing")
    service.redeliver_expired(0)
    service.send("next")
    service.wait_until_acknowledged("next")
    assert runs(service, "long", "failing") == once("long", "failing")
    assert (service.state(task), service.state(failing)) == ("SUCCESS", "FAILURE")


@pytest.mark.slow
@pytest.mark.contract
def test_broker_restart_runs_no_task_twice_and_keeps_time_limits_and_countdowns(service):
    """One task ends during the outage, one fails after it, one reaches its hard time limit, one has a countdown."""
    service.worker("a", "--time-limit=12", concurrency=4)
    during = service.send("during", 2)
    failing = service.send("failing", 7, "fail")
    endless = service.send("endless", 60)
    scheduled = service.send("scheduled", 0, countdown=8)
    service.wait_until_started("during", "failing", "endless")
    service.broker.stop()
    wait_for("the end of the first task", lambda: service.times("end", "during"))
    service.wait_for_outage("a")
    service.broker.start()
    service.wait("the hard time limit", lambda: service.state(endless) == "FAILURE")
    service.wait_until_acknowledged("during", "failing", "scheduled")
    service.redeliver_expired(0)
    service.send("next")
    service.wait_until_acknowledged("next")
    assert runs(service, "during", "failing", "scheduled") == once("during", "failing", "scheduled")
    assert service.runs("endless") == (1, 0)
    assert [service.state(task) for task in (during, failing, scheduled)] == ["SUCCESS", "FAILURE", "SUCCESS"]


@pytest.mark.contract
def test_connection_lost_between_queue_and_hash_loses_no_message(service):
    """The broker has delivered the message, and the worker cannot record it in the hash."""
    proxy = BreakingProxy(service.broker.port, b"HSET")
    service.worker("a", BROKER=f"redis://127.0.0.1:{proxy.port}/0")
    task = service.send("unrecorded")
    service.wait_until_acknowledged("unrecorded")
    assert proxy.broken.is_set()
    assert (service.runs("unrecorded"), service.state(task)) == ((1, 1), "SUCCESS")
    assert service.broker.client.get(f"redeliveries:{task}") == "0", "a lost connection is not a failure of the task"


@pytest.mark.slow
def test_broker_restart_with_two_workers_runs_no_task_twice(service):
    """Each worker could take the tasks of the other."""
    service.worker("a", concurrency=2)
    service.worker("b", concurrency=2)
    names = ("one", "two")
    for name in names:
        service.send(name, REDELIVER_AFTER + 4)
    service.wait_until_started(*names)
    service.broker.stop()
    service.broker.start()
    service.wait_until_acknowledged(*names)
    assert runs(service, *names) == once(*names)


@pytest.mark.slow
def test_outage_longer_than_the_visibility_timeout_runs_no_task_twice(service):
    """All workers renew before any of them redelivers expired messages."""
    service.worker("a")
    service.worker("b")
    for name in ("one", "two"):
        service.send(name, 2 * REDELIVER_AFTER + 8)
    service.wait_until_started("one", "two")
    service.broker.stop()
    stopped_at = time.monotonic()
    wait_for("all messages to expire", lambda: time.monotonic() > stopped_at + REDELIVER_AFTER + 2)
    service.broker.start()
    service.wait_until_acknowledged("one", "two", seconds=40)
    assert runs(service, "one", "two") == once("one", "two")


@pytest.mark.slow
@pytest.mark.contract
def test_task_of_a_killed_worker_is_redelivered_after_the_visibility_timeout_whatever_its_time_limit(service):
    service.worker("a", "--time-limit=36000")
    service.send("killed", 3)
    service.wait_until_started("killed")
    service.kill("a")
    killed_at = time.time()
    service.worker("b", "--time-limit=36000")
    service.wait_until_acknowledged("killed", seconds=REDELIVER_AFTER + 30)
    first, second = service.times("start", "killed")
    assert second - first > REDELIVER_AFTER
    assert second - killed_at < REDELIVER_AFTER + 15


@pytest.mark.slow
@pytest.mark.contract
def test_outage_during_a_heartbeat_does_not_block_the_event_loop(service):
    """Celery would retry the heartbeat until the broker is back; until then no time limit and no drain would work."""
    service.worker("a", "--include=heartbeat_in_outage")
    (service.directory / "outage").touch()
    wait_for("a heartbeat", (service.directory / "outage-began").exists)
    service.broker.stop()
    wait_for("the event loop to notice the outage", lambda: "Connection to broker lost" in service.log("a"))


@pytest.mark.slow
def test_task_that_retries_during_an_outage_is_not_lost(service):
    service.worker("a")
    task = service.send("retried", 2, "retry")
    service.wait_until_started("retried")
    service.broker.stop()
    wait_for("the end of the first run", lambda: service.times("end", "retried"))
    service.wait_for_outage("a")
    service.broker.start()
    service.wait("the second run", lambda: service.state(task) == "SUCCESS", seconds=40)
    assert service.runs("retried") == (2, 2)


@pytest.mark.slow
def test_after_a_lost_connection_every_process_receives_tasks(service):
    """Celery's reduced prefetch count would allow one task at a time until a running one has ended."""
    service.worker("a", concurrency=3)
    before = ("one", "two", "three")
    after = ("four", "five", "six", "seven")
    for name in before:
        service.send(name, 3)
    service.wait_until_started(*before)
    service.broker.kill_connections()
    for name in after:
        service.send(name, 4)
    service.wait_until_acknowledged(*before, *after, seconds=40)
    first_end = min(service.times("end", name)[0] for name in after[:3])
    assert all(service.times("start", name)[0] < first_end for name in after[:3])


def test_message_delivered_after_the_consumers_were_cancelled_is_requeued_uncounted(service, monkeypatch):
    """kombu rejects a message that a pending fetch delivers while the channel closes."""
    monkeypatch.setattr(Channel, "QoS", lease.LeasedQoS)
    monkeypatch.setattr(lease.state, "should_terminate", 0)
    task = service.send("one")
    with Connection(service.broker.url) as connection:
        for redelivered in (None, True):  # one redelivery will be counted, however often the message is rejected before
            message = connection.default_channel.basic_get(QUEUE)
            assert list(lease.unacked.values()) == [None]
            assert message.delivery_info.get("redelivered") is redelivered
            message.reject(requeue=True)
            assert service.broker.client.get(f"redeliveries:{task}") == "-1"
    assert not lease.unacked
    assert service.broker.client.llen(QUEUE) == 1


@pytest.mark.parametrize(("connected_for", "redelivered"), [(None, 0), (29, 0), (31, 1)])
def test_expired_messages_are_redelivered_only_after_all_workers_could_renew(
    service, monkeypatch, connected_for, redelivered
):
    """`connected_for`: seconds since the outage ended; None during an outage."""
    monkeypatch.setattr(Channel, "QoS", lease.LeasedQoS)
    connected_since = connected_for and time.monotonic() - connected_for
    monkeypatch.setattr(lease.Lease, "connected_since", connected_since)
    service.send("one")
    with Connection(service.broker.url) as owner, Connection(service.broker.url) as other:
        tag = owner.default_channel.basic_get(QUEUE).delivery_tag
        service.broker.client.zadd("unacked_index", {tag: 1})
        other.default_channel.qos.restore_visible(num=None)
        assert service.broker.client.llen(QUEUE) == redelivered
    lease.unacked.clear()


def test_only_tasks_that_the_pool_has_not_finished_are_renewed():
    """Celery's `active_requests` also has tasks whose end was lost with a connection."""

    class Result:
        def __init__(self, ready):
            self.ready = lambda: ready

    class Request:
        def __init__(self, result):
            self._apply_result = result

    running, finished = Result(False), Result(True)
    assert lease.is_unfinished(Request(None))
    assert lease.is_unfinished(Request(lambda: running))
    assert not lease.is_unfinished(Request(lambda: finished))
    assert not lease.is_unfinished(Request(lambda: None))


def test_lease_restarts_after_any_error_but_only_an_outage_touches_the_heartbeat(monkeypatch, caplog):
    """A lease that always fails must fail the liveness probe."""
    thread = lease.Lease.__new__(lease.Lease)
    thread.pool_stopped = Event()
    renewals = []

    def connect(**_):
        renewals.append(heartbeat.last_renewal)
        if len(renewals) < 3:
            raise ValueError("simulated failure")
        thread.pool_stopped.set()
        raise redis.exceptions.ConnectionError

    monkeypatch.setattr(lease, "RECONNECT_INTERVAL", 0)
    monkeypatch.setattr(lease.Lease, "connected_since", None)
    monkeypatch.setattr(heartbeat, "last_renewal", 0)
    thread.run(SimpleNamespace(connection_for_write=connect))
    assert renewals == [0, 0, 0]
    assert heartbeat.last_renewal > 0
    assert caplog.messages == ["The lease failed and starts again: ValueError('simulated failure')"] * 2


@pytest.mark.slow
def test_heartbeat_file_stays_fresh_during_an_outage(service):
    service.worker("a")
    file = service.directory / "health-a" / "heartbeat"
    service.broker.stop()
    stopped_at = time.time()
    for seconds in (3, 7):
        wait_for("the next heartbeat", lambda after=seconds: file.stat().st_mtime > stopped_at + after)
    service.broker.start()
