"""Redelivered tasks: one that had succeeded is not run again, one that kills its process is quarantined."""

import json

import pytest
from service import QUEUE


@pytest.mark.contract
def test_redelivered_task_that_had_succeeded_is_acknowledged_and_not_run(service):
    """As if the worker had died between result and acknowledgement: the test puts the message back into the hash."""
    service.worker("a")
    client = service.broker.client
    task = service.send("once", 1)
    service.wait_until_started("once")
    message = client.hvals("unacked:cpu")[0]
    service.wait_until_acknowledged("once")
    client.hset("unacked:cpu", "again", message)
    client.zadd("unacked_index:cpu", {"again": 1})
    service.redeliver_expired(0)
    service.send("next")
    service.wait_until_acknowledged("next")
    assert service.runs("once") == (1, 1)
    assert service.state(task) == "SUCCESS"
    assert "already completed successfully" in service.log("a")


@pytest.mark.slow
@pytest.mark.contract
def test_task_that_kills_its_process_is_quarantined_after_max_redeliveries_and_can_be_moved_back(service):
    service.worker("a", AUDIO_PROCESSOR_MAX_REDELIVERIES="1")
    task = service.send("poison", 0, "die")
    service.send("good")
    client = service.broker.client
    service.wait("the dead-letter queue", lambda: client.llen(f"dead:{QUEUE}"), seconds=60)
    service.wait_until_acknowledged("good")
    assert service.runs("poison") == (2, 0)
    service.wait("its result", lambda: service.state(task) == "FAILURE")
    service.wait("its log line", lambda: "TooManyRedeliveries" in service.log("a"))
    assert client.exists(f"redeliveries:{task}") == 0
    dead = json.loads(client.lindex(f"dead:{QUEUE}", 0))
    assert dead["headers"]["id"] == task
    assert dead["headers"]["redelivered"] is False
    assert "redelivered" not in dead["properties"]["delivery_info"]
    assert dead["headers"]["quarantined"].items() >= {"redeliveries": 2, "pod": "a"}.items()

    # Moved back, it is treated like a task that was just published, also by the worker that quarantined it.
    client.lmove(f"dead:{QUEUE}", QUEUE, "LEFT", "LEFT")
    service.wait_until_started("poison", times=3)
    service.wait("the second quarantine", lambda: client.llen(f"dead:{QUEUE}"), seconds=60)
    assert service.runs("poison") == (4, 0)


@pytest.mark.slow
def test_without_a_redelivery_limit_no_task_is_quarantined(service):
    service.worker("a", AUDIO_PROCESSOR_MAX_REDELIVERIES="0")
    task = service.send("poison", 0, "die")
    service.wait_until_started("poison", times=3, seconds=60)
    count = f"redeliveries:{task}"
    service.wait("its redelivery count", lambda: int(service.broker.client.get(count) or 0) >= 2)
    assert service.broker.client.llen(f"dead:{QUEUE}") == 0
