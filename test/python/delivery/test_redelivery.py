"""Tasks that came again although they had succeeded, and tasks that kill their workers."""

import json

import pytest
from service import QUEUE
from waiting import wait_for


@pytest.mark.contract
def test_a_task_that_succeeded_is_not_run_again(service):
    """The worker dies between the result and the acknowledgement; here the message is put back in its place."""
    service.worker("a")
    before = service.broker.client
    task = service.send("once", 1)
    service.until_started("once")
    message = before.hvals("unacked:cpu")[0]
    service.until_settled("once")
    before.hset("unacked:cpu", "again", message)
    before.zadd("unacked_index:cpu", {"again": 1})
    service.scan(0)
    service.send("next")
    service.until_settled("next")
    assert service.runs("once") == (1, 1)
    assert service.state(task) == "SUCCESS"
    assert "already completed successfully" in service.log("a")


@pytest.mark.contract
def test_a_task_that_kills_its_process_runs_one_plus_n_times_and_the_queue_moves_on(service):
    service.worker("a", AUDIO_PROCESSOR_MAX_REDELIVERIES="1")
    task = service.send("poison", 0, "die")
    service.send("good")
    client = service.broker.client
    wait_for("the quarantine", lambda: client.llen(f"dead:{QUEUE}"), seconds=60)
    service.until_settled("good")
    assert service.runs("poison") == (2, 0)
    wait_for("its result", lambda: service.state(task) == "FAILURE")
    wait_for("its log line", lambda: "TooManyRedeliveries" in service.log("a"))
    assert client.exists(f"redeliveries:{task}") == 0
    dead = json.loads(client.lindex(f"dead:{QUEUE}", 0))
    assert dead["headers"]["id"] == task
    assert dead["headers"]["redelivered"] is False
    assert "redelivered" not in dead["properties"]["delivery_info"]
    assert dead["headers"]["quarantined"].items() >= {"redeliveries": 2, "pod": "a"}.items()

    # Moved back, it is what it was when it was sent, also in the worker that quarantined it.
    client.lmove(f"dead:{QUEUE}", QUEUE, "LEFT", "LEFT")
    service.until_started("poison", times=3)
    wait_for("the second quarantine", lambda: client.llen(f"dead:{QUEUE}"), seconds=60)
    assert service.runs("poison") == (4, 0)


def test_without_a_limit_a_task_is_never_quarantined(service):
    service.worker("a", AUDIO_PROCESSOR_MAX_REDELIVERIES="0")
    task = service.send("poison", 0, "die")
    service.until_started("poison", times=3, seconds=60)
    wait_for("its count", lambda: int(service.broker.client.get(f"redeliveries:{task}") or 0) >= 2)
    assert service.broker.client.llen(f"dead:{QUEUE}") == 0
