"""What tests may order through `meta.lab`: length, failure, memory, the ledger."""

import time

import psutil
import pytest
from celery.app.task import Context
from conftest import eventually, ledger, masterml

from src.lab.ledger import ledger as recorded
from src.lab.order import LabOrder, OrderedFailure


def attempts(s3, count: int) -> list[dict]:
    """The ledger's events, when this many attempts have ended."""
    eventually(lambda: sum(event["event"] == "end" for event in ledger(s3)) >= count, f"{count} ended attempts")
    return ledger(s3)


@pytest.mark.usefixtures("worker")
def test_missing_file_is_tried_four_times_and_leaves_an_unreadable_result(client, send, s3):
    del s3.objects["box/in/a.wav"]
    task_id = send(meta={"lab": {"ledger": True}})
    assert [event["attempt"] for event in attempts(s3, 4) if event["event"] == "start"] == [1, 2, 3, 4]
    answer = client.get(f"/task/{task_id}")
    assert (answer.status_code, answer.json()["error"]) == (500, "Internal server error")


@pytest.mark.usefixtures("worker")
def test_fail_always_is_tried_four_times_and_leaves_an_unreadable_result(client, send, s3):
    task_id = send(meta={"lab": {"fail": "always", "ledger": True}})
    ends = [event for event in attempts(s3, 4) if event["event"] == "end"]
    assert [event["outcome"] for event in ends] == ["failed"] * 4
    assert ends[0]["error"] == "OrderedFailure: fails as ordered (always)"
    assert [body["status"] for _, _, body in masterml.posted] == ["failed"] * 4
    assert client.get(f"/task/{task_id}").status_code == 500


@pytest.mark.usefixtures("worker")
def test_fail_times_2_succeeds_in_the_third_attempt(submit, s3):
    assert submit(meta={"lab": {"fail": "times:2", "ledger": True}})["status"] == "completed"
    ends = [(event["attempt"], event["outcome"]) for event in ledger(s3) if event["event"] == "end"]
    assert ends == [(1, "failed"), (2, "failed"), (3, "succeeded")]


@pytest.mark.usefixtures("worker")
def test_ledger_has_task_pod_queue_and_execution(submit, s3):
    answer = submit(meta={"lab": {"ledger": True}})
    start, end = ledger(s3)
    assert (start["event"], end["event"], end["outcome"]) == ("start", "end", "succeeded")
    for event in (start, end):
        assert event["task_id"] == answer["task_id"]
        assert (event["task"], event["queue"]) == ("src.celery_app.process_audio_task", "audio_queue")
        assert (event["pod"], event["attempt"], event["redelivered"]) == ("pod-1", 1, False)
    assert start["execution"] == end["execution"]
    assert all(f"audio-features/ledger/{answer['task_id']}/" in name for name in s3.objects if "/ledger/" in name)


@pytest.mark.parametrize(
    ("ending", "outcome"), [(SystemExit, "interrupted"), (KeyboardInterrupt, "interrupted"), (ValueError, "failed")]
)
def test_ledger_distinguishes_an_interruption_from_a_failure(s3, ending, outcome):
    request = Context(id="t1", task="t", retries=1, delivery_info={"routing_key": "q", "redelivered": True})
    with pytest.raises(ending), recorded(request, True):
        raise ending("why")
    start, end = ledger(s3)
    assert (start["attempt"], start["queue"], start["redelivered"]) == (2, "q", True)
    assert (end["outcome"], end["error"]) == (outcome, f"{ending.__name__}: why")


@pytest.mark.usefixtures("worker")
def test_ledger_is_written_only_on_request(submit, s3):
    submit()
    assert ledger(s3) == []


@pytest.mark.usefixtures("worker")
def test_ledger_that_cannot_be_written_fails_the_task(submit, s3):
    s3.refuse_writes = True
    answer = submit(meta={"lab": {"ledger": True}})
    assert answer["status"] == "failed"
    assert "AccessDenied" in answer["error"]


@pytest.mark.usefixtures("worker")
def test_task_takes_at_least_the_requested_seconds(submit):
    begun = time.monotonic()
    result = submit(meta={"lab": {"seconds": 0.6}})["result"]
    assert time.monotonic() - begun >= 0.6
    assert result["total_processing_time"] >= 0.6


@pytest.mark.parametrize(
    "order",
    [
        {"second": 1},
        {"seconds": -1},
        {"seconds": "2"},
        {"allocateMiB": True},
        {"fail": "sometimes"},
        {"fail": "times:x"},
        {"burnCpu": 1},
        {"ledger": "yes"},
        {"failExtractors": "mel_extractor"},
        ["seconds"],
    ],
)
def test_malformed_lab_order_is_rejected(order):
    with pytest.raises(ValueError, match=r"meta\.lab"):
        LabOrder.from_meta({"lab": order})


@pytest.mark.parametrize("meta", [None, {}, {"duration": 120}])
def test_meta_without_a_lab_order_requests_nothing(meta):
    assert LabOrder.from_meta(meta) == LabOrder()


def test_requested_memory_is_allocated_and_freed():
    def resident_mib() -> float:
        return psutil.Process().memory_info().rss / 2**20

    order = LabOrder.from_meta({"lab": {"allocateMiB": 300}})
    before = resident_mib()
    order.allocate()
    assert resident_mib() - before > 200
    order.release()
    assert resident_mib() - before < 100


def test_burn_cpu_uses_cpu_and_sleeping_does_not():
    def cpu_seconds(order: LabOrder) -> float:
        before = time.thread_time()
        order.work_until(time.monotonic() + 0.2)
        return time.thread_time() - before

    assert cpu_seconds(LabOrder(burn_cpu=True)) > 3 * cpu_seconds(LabOrder(burn_cpu=False))


def test_fail_before_counts_attempts():
    order = LabOrder.from_meta({"lab": {"fail": "times:2"}})
    for attempt in (1, 2):
        with pytest.raises(OrderedFailure):
            order.fail_before(attempt)
    order.fail_before(3)
    order.fail_inside()
