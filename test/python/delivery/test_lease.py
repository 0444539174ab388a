"""A worker that lives keeps its tasks, a dead one's come back: real Celery on a real broker."""

import signal
import time

import pytest
from audio_processor_celery import lease
from kombu import Connection
from kombu.transport.redis import Channel
from service import QUEUE, REDELIVER_AFTER, Cut
from waiting import wait_for


def starts_and_end(service, *names):
    return {name: service.runs(name) for name in names}


@pytest.mark.contract
def test_lost_connections_put_nothing_back_and_lose_no_acknowledgement(service):
    service.worker("a", concurrency=2)
    task = service.send("long", 4)
    failing = service.send("failing", 3, "fail")
    service.until_started("long", "failing")
    service.broker.cut_connections()
    wait_for("the new connection", lambda: service.log("a").count("Connected to") == 2)
    assert service.broker.client.llen(QUEUE) == 0
    assert service.broker.held() == 2
    service.until_settled("long", "failing")
    service.scan(0)
    service.send("next")
    service.until_settled("next")
    assert starts_and_end(service, "long", "failing") == {"long": (1, 1), "failing": (1, 1)}
    assert (service.state(task), service.state(failing)) == ("SUCCESS", "FAILURE")


@pytest.mark.contract
def test_a_restart_of_the_broker_runs_nothing_twice(service):
    """One task ends before the broker is back, one fails after that, one needs no more than its time."""
    service.worker("a", "--time-limit=12", concurrency=4)
    meanwhile = service.send("meanwhile", 2)
    failing = service.send("failing", 7, "fail")
    hanging = service.send("hanging", 60)
    later = service.send("later", 0, countdown=8)
    service.until_started("meanwhile", "failing", "hanging")
    service.broker.stop()
    wait_for("the end of the first", lambda: service.times("end", "meanwhile"))
    time.sleep(1)  # the outage itself
    service.broker.start()
    wait_for("the hard limit, which a lost connection must not lift", lambda: service.state(hanging) == "FAILURE")
    service.until_settled("meanwhile", "failing", "later")
    service.scan(0)
    service.send("next")
    service.until_settled("next")
    assert starts_and_end(service, "meanwhile", "failing", "later") == {
        name: (1, 1) for name in ("meanwhile", "failing", "later")
    }
    assert service.runs("hanging") == (1, 0)
    assert [service.state(task) for task in (meanwhile, failing, later)] == ["SUCCESS", "FAILURE", "SUCCESS"]


@pytest.mark.contract
def test_a_connection_that_breaks_between_a_queue_and_the_hash_loses_no_message(service):
    """The broker has given the message out, and never hears who has it."""
    cut = Cut(service.broker.port, b"HSET")
    service.worker("a", BROKER=f"redis://127.0.0.1:{cut.port}/0")
    task = service.send("popped")
    service.until_settled("popped")
    assert cut.done.is_set()
    assert (service.runs("popped"), service.state(task)) == ((1, 1), "SUCCESS")
    assert service.broker.client.get(f"redeliveries:{task}") == "0", "a lost connection is not the task's fault"


def test_between_two_workers_a_restart_of_the_broker_runs_nothing_twice(service):
    """Each is free to take what the other would lose."""
    service.worker("a", concurrency=2)
    service.worker("b", concurrency=2)
    names = ("one", "two")
    for name in names:
        service.send(name, REDELIVER_AFTER + 4)
    service.until_started(*names)
    service.broker.stop()
    service.broker.start()
    service.until_settled(*names)
    assert starts_and_end(service, *names) == {name: (1, 1) for name in names}


def test_an_outage_longer_than_the_timeout_still_runs_nothing_twice(service):
    """All workers renew before any of them looks for tasks of lost ones."""
    service.worker("a")
    service.worker("b")
    service.send("one", 2 * REDELIVER_AFTER + 8)
    service.send("two", 2 * REDELIVER_AFTER + 8)
    service.until_started("one", "two")
    service.broker.stop()
    time.sleep(REDELIVER_AFTER + 2)  # the outage itself
    service.broker.start()
    service.until_settled("one", "two", seconds=40)
    assert starts_and_end(service, "one", "two") == {"one": (1, 1), "two": (1, 1)}


@pytest.mark.contract
def test_a_killed_workers_task_comes_back_after_the_timeout_whatever_its_limit(service):
    service.worker("a", "--time-limit=36000")
    service.send("killed", 3)
    service.until_started("killed")
    service.kill("a")
    killed = time.time()
    service.worker("b", "--time-limit=36000")
    service.until_settled("killed", seconds=REDELIVER_AFTER + 30)
    first, second = service.times("start", "killed")
    assert second - first > REDELIVER_AFTER
    assert second - killed < REDELIVER_AFTER + 15


@pytest.mark.contract
def test_a_drain_longer_than_the_timeout_keeps_its_task(service):
    """The event loop of a draining worker stands still; the lease goes on."""
    worker = service.worker("a")
    service.send("long", REDELIVER_AFTER + 4)
    service.until_started("long")
    worker.send_signal(signal.SIGTERM)
    time.sleep(REDELIVER_AFTER + 1)  # without a lease the task would be overdue by now
    service.scan()
    assert service.broker.client.llen(QUEUE) == 0
    assert worker.wait(timeout=30) == 0
    assert service.broker.held() == 0
    assert service.runs("long") == (1, 1)


@pytest.mark.contract
def test_a_drain_keeps_a_task_of_which_it_does_not_know_yet_that_it_began(service):
    """Celery forgets at its end what its processes have not answered for; such a task would run a second time."""
    worker = service.worker("a", "--include=late_accept")
    task = service.send("begun", REDELIVER_AFTER + 2)
    assert worker.wait(timeout=40) == 0
    assert (service.broker.held(), service.broker.client.llen(QUEUE)) == (0, 0)
    assert service.runs("begun") == (1, 1)
    assert service.state(task) == "SUCCESS"


@pytest.mark.contract
def test_an_outage_that_begins_with_a_heartbeat_does_not_hold_the_event_loop(service):
    """Celery would try to send it until the broker is back; until then no limit ends a task, and no drain a worker."""
    service.worker("a", "--include=heartbeat_in_outage")
    (service.directory / "outage").touch()
    wait_for("a heartbeat", (service.directory / "outage-met").exists)
    service.broker.stop()
    wait_for("the worker to notice", lambda: "Connection to broker lost" in service.log("a"))


@pytest.mark.contract
def test_quit_hands_back_what_runs_and_what_waits_for_its_time(service):
    worker = service.worker("a", concurrency=2)
    task = service.send("long", 300)
    service.until_started("long")
    service.send("later", 300, countdown=600)
    wait_for("both to be held", lambda: service.broker.held() == 2)
    worker.send_signal(signal.SIGTERM)
    worker.send_signal(signal.SIGQUIT)
    begun = time.monotonic()
    worker.wait(timeout=60)
    assert time.monotonic() - begun < 25
    assert service.broker.held() == 0
    assert service.broker.client.llen(QUEUE) == 2
    # What a drain hands back was no task's fault.
    assert service.broker.client.get(f"redeliveries:{task}") == "-1"


def test_the_next_delivery_after_a_drain_does_not_count(service):
    worker = service.worker("a")
    task = service.send("long", 300)
    service.until_started("long")
    worker.send_signal(signal.SIGQUIT)
    worker.wait(timeout=60)
    service.worker("b", AUDIO_PROCESSOR_MAX_REDELIVERIES="1")
    service.until_started("long", times=2)
    assert service.broker.client.get(f"redeliveries:{task}") == "0"


@pytest.mark.contract
def test_a_drain_while_the_broker_is_away_ends_within_its_budget(service):
    """Quit comes 45 s before the end of the grace period, 60 s in pools that requeue."""
    worker = service.worker("a", concurrency=4)
    for name in ("one", "two", "three"):
        service.send(name, 300)
    service.until_started("one", "two", "three")
    service.broker.stop()
    time.sleep(2)  # the worker notices
    worker.send_signal(signal.SIGTERM)
    time.sleep(1)
    assert worker.poll() is None
    worker.send_signal(signal.SIGQUIT)
    begun = time.monotonic()
    worker.wait(timeout=60)
    assert time.monotonic() - begun < 25
    service.broker.start()
    service.scan(0)
    assert service.broker.client.llen(QUEUE) == 3


def test_a_worker_that_drains_in_an_outage_waits_for_its_results(service):
    worker = service.worker("a")
    task = service.send("long", 3)
    service.until_started("long")
    service.broker.stop()
    worker.send_signal(signal.SIGTERM)
    wait_for("the end of the task", lambda: service.times("end", "long"))
    service.broker.start()
    assert worker.wait(timeout=30) == 0
    assert service.state(task) == "SUCCESS"
    assert service.broker.held() == 0


def test_a_task_that_retries_while_the_broker_is_away_is_not_lost(service):
    service.worker("a")
    task = service.send("again", 2, "retry")
    service.until_started("again")
    service.broker.stop()
    wait_for("the end of the first attempt", lambda: service.times("end", "again"))
    time.sleep(1)  # the outage itself
    service.broker.start()
    wait_for("the second attempt", lambda: service.state(task) == "SUCCESS", seconds=40)
    assert service.runs("again") == (2, 2)


def test_after_a_lost_connection_every_process_works_again(service):
    """Celery's own count would let one task at a time in, until one of them has ended."""
    service.worker("a", concurrency=3)
    for name in ("one", "two", "three"):
        service.send(name, 3)
    service.until_started("one", "two", "three")
    service.broker.cut_connections()
    for name in ("four", "five", "six", "seven"):
        service.send(name, 4)
    service.until_settled("one", "two", "three", "four", "five", "six", "seven", seconds=40)
    first = min(service.times("end", name)[0] for name in ("four", "five", "six"))
    assert all(service.times("start", name)[0] < first for name in ("four", "five", "six"))


def test_what_comes_when_nobody_consumes_any_more_goes_back_uncounted(service, monkeypatch):
    """kombu rejects what a fetch still brings while the channel closes."""
    monkeypatch.setattr(Channel, "QoS", lease.LeasedQoS)
    monkeypatch.setattr(lease.state, "should_terminate", 0)
    task = service.send("one")
    with Connection(service.broker.url) as connection:
        for redelivered in (None, True):  # it is one delivery that will count, however often it is turned away
            message = connection.default_channel.basic_get(QUEUE)
            assert list(lease.held.values()) == [None]
            assert message.delivery_info.get("redelivered") is redelivered
            message.reject(requeue=True)
            assert service.broker.client.get(f"redeliveries:{task}") == "-1"
    assert not lease.held
    assert service.broker.client.llen(QUEUE) == 1


@pytest.mark.parametrize(("answers_for", "taken"), [(None, 0), (29, 0), (31, 1)])
def test_after_an_outage_nobody_is_given_up_before_all_could_renew(service, monkeypatch, answers_for, taken):
    """Seconds since the broker answers again, and whether an overdue task is taken from whoever held it."""
    monkeypatch.setattr(Channel, "QoS", lease.LeasedQoS)
    monkeypatch.setattr(lease.Lease, "since", answers_for and time.monotonic() - answers_for)
    service.send("one")
    with Connection(service.broker.url) as holder, Connection(service.broker.url) as other:
        tag = holder.default_channel.basic_get(QUEUE).delivery_tag
        service.broker.client.zadd("unacked_index", {tag: 1})
        other.default_channel.qos.restore_visible(num=None)
        assert service.broker.client.llen(QUEUE) == taken
    lease.held.clear()


def test_only_what_the_pool_still_works_on_is_renewed():
    """`active_requests` also names requests whose end was lost with a connection."""

    class Result:
        def __init__(self, ready):
            self.ready = lambda: ready

    class Request:
        def __init__(self, result):
            self._apply_result = result

    runs, ended = Result(False), Result(True)
    assert lease.running(Request(None))
    assert lease.running(Request(lambda: runs))
    assert not lease.running(Request(lambda: ended))
    assert not lease.running(Request(lambda: None))


def test_an_outage_ages_no_heartbeat(service):
    service.worker("a")
    heartbeat = service.directory / "health-a" / "heartbeat"
    service.broker.stop()
    begun = time.time()
    for seconds in (3, 7):
        wait_for("the next heartbeat", lambda: heartbeat.stat().st_mtime > begun + seconds)
    service.broker.start()
