"""What becomes of failures of counting, without a worker: a line in the log, and nothing else."""

from types import SimpleNamespace

import pytest
from audio_processor_celery import heartbeat, metrics
from service import QUEUE

REQUEST = SimpleNamespace(id="1", is_eager=False, delivery_info={"routing_key": QUEUE}, eta=None, get=lambda _: 1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: metrics.zero([QUEUE]),
        lambda: metrics.Consuming.say(SimpleNamespace(queues=[QUEUE]), 1),
        metrics.beat,
        lambda: metrics.redelivered(QUEUE),
        lambda: metrics.quarantined(QUEUE),
        lambda: metrics.started("1", SimpleNamespace(request=REQUEST)),
        lambda: metrics.ended("1", "SUCCESS"),
        lambda: metrics.finish("success", "1"),
        lambda: metrics.retried(REQUEST, einfo="why"),
        lambda: metrics.received(None),
        lambda: metrics.begin(None),
    ],
)
def test_a_metric_that_fails_is_one_line_in_the_log(monkeypatch, caplog, call):
    class Broken:
        def __getattr__(self, name):
            raise ValueError("as ordered")

    def broken():
        raise ValueError("as ordered")

    monkeypatch.setattr(metrics, "metrics", Broken())
    monkeypatch.setattr(metrics, "Metrics", broken)
    monkeypatch.setattr(metrics.slots, "use", lambda: None)
    monkeypatch.setattr(metrics.slots, "has_room", lambda: None + 1)
    monkeypatch.setattr(metrics, "ran", {"1": (QUEUE, 0)})
    monkeypatch.setattr(metrics.signals.worker_ready, "connect", broken)
    monkeypatch.setattr(metrics, "said", set())
    call()
    call()
    assert len([line for line in caplog.messages if line.startswith("Not everything is counted: ")]) == 1


def test_a_heartbeat_that_was_not_yet_is_no_series(monkeypatch):
    """Its series without labels would say 0, which is a time, too."""
    made = metrics.Metrics()
    assert "turned" not in vars(made)
    monkeypatch.setattr(metrics, "metrics", made)
    metrics.beat()
    assert vars(made)["turned"]._value.get() > 0


def test_without_a_worker_that_counts_the_others_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr(heartbeat, "file", tmp_path / "heartbeat")
    heartbeat.beat()
    metrics.redelivered(QUEUE)
    metrics.quarantined(QUEUE)
    assert (tmp_path / "heartbeat").exists()
