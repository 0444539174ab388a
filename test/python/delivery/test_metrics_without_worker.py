"""Metrics without a worker: errors are logged and not raised; buckets of task durations."""

from types import SimpleNamespace

import pytest
from audio_processor_celery import heartbeat, metrics
from service import QUEUE

REQUEST = SimpleNamespace(id="1", is_eager=False, delivery_info={"routing_key": QUEUE}, eta=None, get=lambda _: 1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: metrics.create_series([QUEUE]),
        lambda: metrics.Consuming.set_consuming(SimpleNamespace(queues=[QUEUE]), 1),
        metrics.set_heartbeat,
        lambda: metrics.redelivered(QUEUE),
        lambda: metrics.quarantined(QUEUE),
        lambda: metrics.task_started("1", SimpleNamespace(request=REQUEST)),
        lambda: metrics.task_ended("1", "SUCCESS"),
        lambda: metrics.count_end("success", "1"),
        lambda: metrics.task_retried(REQUEST, einfo="error"),
        lambda: metrics.task_received(None),
        lambda: metrics.begin(None),
    ],
)
def test_error_in_a_metric_is_logged_once_and_not_raised(monkeypatch, caplog, call):
    class Broken:
        def __getattr__(self, name):
            raise ValueError("simulated failure")

    def broken():
        raise ValueError("simulated failure")

    monkeypatch.setattr(metrics, "metrics", Broken())
    monkeypatch.setattr(metrics, "Metrics", broken)
    monkeypatch.setattr(metrics.slots, "install", lambda: None)
    monkeypatch.setattr(metrics.slots, "check_free_space", lambda: None + 1)
    monkeypatch.setattr(metrics, "running_task", {"1": (QUEUE, 0)})
    monkeypatch.setattr(metrics.signals.worker_ready, "connect", broken)
    monkeypatch.setattr(metrics, "logged_errors", set())
    call()
    call()
    assert len([line for line in caplog.messages if line.startswith("A metric was not updated: ")]) == 1


def test_heartbeat_series_does_not_exist_before_the_first_heartbeat(monkeypatch):
    """It would have the value 0, which is a valid time."""
    made = metrics.Metrics()
    assert "heartbeat" not in vars(made)
    monkeypatch.setattr(metrics, "metrics", made)
    metrics.set_heartbeat()
    assert vars(made)["heartbeat"]._value.get() > 0


def test_worker_without_metrics_still_touches_its_heartbeat_file(tmp_path, monkeypatch):
    monkeypatch.setattr(heartbeat, "heartbeat_file", tmp_path / "heartbeat")
    heartbeat.touch()
    metrics.redelivered(QUEUE)
    metrics.quarantined(QUEUE)
    assert (tmp_path / "heartbeat").exists()


def test_task_duration_buckets_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("AUDIO_PROCESSOR_TASK_DURATION_BUCKETS", "2,60,14400")
    made = metrics.Metrics()
    made.duration.labels(QUEUE)
    bounds = [sample.labels["le"] for sample in made.duration.collect()[0].samples if sample.name.endswith("_bucket")]
    assert bounds == ["2.0", "60.0", "14400.0", "+Inf"]


@pytest.mark.parametrize("env", [{}, {"AUDIO_PROCESSOR_TASK_DURATION_BUCKETS": ""}])
def test_task_duration_buckets_have_a_default(env):
    assert metrics.task_duration_buckets(env) == metrics.DEFAULT_BUCKETS


@pytest.mark.parametrize("text", ["0,60", "60,60", "60,30", "1.5,60", "60,", "1m", "1;60", "-1,60", "60,+Inf", "²,60"])
def test_task_duration_buckets_must_be_ascending_whole_seconds(text):
    with pytest.raises(ValueError, match="AUDIO_PROCESSOR_TASK_DURATION_BUCKETS"):
        metrics.task_duration_buckets({"AUDIO_PROCESSOR_TASK_DURATION_BUCKETS": text})
