"""JSON log lines of a worker."""

import json
import logging
import sys

import pytest
from audio_processor_celery import logs
from service import QUEUE
from waiting import wait_for


def line(message, *arguments, **more):
    record = logging.LogRecord("sample", logging.WARNING, __file__, 1, message, arguments, more.get("exc_info"))
    text = logs.JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_line_has_timestamp_level_logger_pod_and_event(monkeypatch):
    monkeypatch.setenv("HOSTNAME", "audio-worker-1")
    found = line("%d files", 3)
    assert found.pop("timestamp").endswith("Z")
    assert found == {"level": "warning", "logger": "sample", "pod": "audio-worker-1", "event": "3 files"}


def test_message_that_is_a_json_object_keeps_its_fields():
    found = line('{"event": "task_started", "video_id": "v1", "level": "info"}')
    assert (found["event"], found["video_id"], found["level"]) == ("task_started", "v1", "info")


@pytest.mark.parametrize("text", ["3", '"text"', "[1]", "{broken", "Größe"])
def test_other_message_is_the_event(text):
    assert line(text)["event"] == text


def test_exception_is_one_field():
    try:
        raise ValueError("no")
    except ValueError:
        assert "ValueError: no" in line("failed", exc_info=sys.exc_info())["exception"]


@pytest.mark.slow
def test_real_worker_logs_json_with_the_task(service):
    service.worker("a", LOG_FORMAT="json")
    task = service.send("one", 0, "fail")
    service.wait_until_acknowledged("one")
    wait_for("its log line", lambda: "simulated failure" in service.log("a"))
    lines = [json.loads(text) for text in service.log("a").splitlines() if text.startswith("{")]
    (failed,) = [one for one in lines if "raised unexpected" in one["event"]]
    assert failed.items() >= {"task": "work", "task_id": task, "queue": QUEUE, "attempt": 1, "pod": "a"}.items()
    assert "ValueError: simulated failure" in failed["exception"]


@pytest.mark.slow
def test_log_format_of_a_pool_overrides_that_of_the_application(service):
    service.worker("a", LOG_FORMAT="json", AUDIO_PROCESSOR_LOG_FORMAT="text")
    assert "INFO/MainProcess" in service.log("a")
