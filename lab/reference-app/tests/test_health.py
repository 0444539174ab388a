"""Health checks: only a timeout is unhealthy."""

import asyncio
import socket

import pytest

from src.health import checks, health_checker


@pytest.fixture
def silent_server():
    """A port that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def shorten(monkeypatch, name: str, seconds: float) -> None:
    """Gives a check a shorter timeout."""
    check, _, after_error = health_checker.checks[name]
    monkeypatch.setitem(health_checker.checks, name, (check, seconds, after_error))


async def instant() -> dict:
    """Replaces the check that measures the CPU for a second."""
    return {}


def test_each_check_has_its_timeout():
    limits = {name: limit for name, (_, limit, _) in health_checker.checks.items()}
    assert limits == {"redis": 3.0, "s3": 10.0, "masterml": 5.0, "celery": 5.0, "system": 2.0}


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        ("redis", "celery_broker_url", "redis://127.0.0.1:1/0"),
        ("masterml", "masterml_url", "http://127.0.0.1:1/"),
        ("redis", "celery_broker_url", "rediss://127.0.0.1:1/0"),
    ],
)
def test_dependency_that_refuses_connections_is_healthy(client, monkeypatch, name, setting, value):
    monkeypatch.setattr(checks.settings, setting, value)
    answer = client.get(f"/health/{name}")
    assert (answer.status_code, answer.json()["status"]) == (200, "healthy")
    assert answer.json()["details"]["connected"] is False


def test_dependency_that_never_answers_is_unhealthy(client, monkeypatch, silent_server):
    monkeypatch.setattr(checks.settings, "masterml_url", silent_server)
    shorten(monkeypatch, "masterml", 0.2)
    monkeypatch.setitem(health_checker.checks, "system", (instant, 2.0, {}))
    answer = client.get("/health/masterml")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["error"]) == ("unhealthy", "Timeout")
    whole = client.get("/health")
    assert (whole.status_code, whole.json()["error"]) == (503, "Service unhealthy")
    assert client.get("/health/detailed").json()["status"] == "unhealthy"


def test_celery_check_never_finds_a_worker(client):
    details = client.get("/health/celery").json()["details"]
    assert details["workers_active"] == 0
    assert "src.health.celery_app" in details["error"]


def test_unknown_check_is_a_404_with_an_error_body(client):
    answer = client.get("/health/disk")
    assert (answer.status_code, answer.json()["error"]) == (404, "Unknown health check: disk")


def test_checks_run_concurrently(monkeypatch):
    async def slow():
        await asyncio.sleep(0.3)
        return {}

    monkeypatch.setattr(health_checker, "checks", {name: (slow, 1.0, {}) for name in "abcde"})
    assert asyncio.run(health_checker.check_all())["duration"] < 0.9


def test_s3_check_reports_whether_the_bucket_exists(client, s3):
    assert client.get("/health/s3").json()["details"]["bucket_exists"] is False
    s3.objects["audio-features/x"] = b""
    assert client.get("/health/s3").json()["details"]["bucket_exists"] is True
