"""The application in this process: broker and results in memory, S3 and MasterML on loopback."""

import json
import os
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fake_s3 import FakeS3  # noqa: E402
from sounds import sine, wav  # noqa: E402

SOUND = wav(sine(440, 0.5))

# The application reads its settings once, at import: the environment must be set before.
_s3 = FakeS3()
masterml = FakeS3()
os.environ.update(
    CELERY_BROKER_URL="memory://localhost/",
    CELERY_RESULT_BACKEND="cache+memory://",
    S3_ENDPOINT=_s3.url,
    S3_ACCESS_KEY="key",
    S3_SECRET_KEY="secret",
    S3_BUCKET="audio-features",
    MASTERML_URL=masterml.url,
    HOSTNAME="pod-1",
)
for name in ("API_PORT", "PROMETHEUS_PORT", "CORS_ORIGINS", "LOG_LEVEL", "CELERY_CONFIG_MODULE", "PROMETHEUS_MULTIPROC_DIR"):
    os.environ.pop(name, None)


@pytest.fixture(scope="session", autouse=True)
def _outside_of_the_clone(tmp_path_factory):
    """Between tests too, the working directory is outside of the clone: a task may still be running."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("between-tests"))
    yield
    os.chdir(before)


@pytest.fixture(autouse=True)
def _workdir(tmp_path, monkeypatch):
    """Each test has its own working directory, in which tasks may write."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def s3() -> FakeS3:
    """The S3 server of the settings, empty."""
    _s3.reset()
    return _s3


@pytest.fixture
def client():
    """The API, with fresh rate limits."""
    from fastapi.testclient import TestClient

    from src.limits import limiter
    from src.main import app

    limiter.reset()
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def worker():
    """A worker in a thread, consuming what the chart's CPU pool consumes; retries do not wait."""
    import celery.app.autoretry
    import kombu.transport.memory
    from celery.contrib.testing.worker import start_worker

    import src.async_unified_celery_tasks  # noqa: F401
    from src.celery_app import celery_app

    celery.app.autoretry.get_exponential_backoff_interval = lambda **_: 0
    kombu.transport.memory.Transport.polling_interval = 0.01
    queues = ["audio_queue", "gpu_queue", "system_queue", "celery", "async_audio_queue"]
    with celery_app.connection_for_write() as connection:
        for queue in queues:
            connection.SimpleQueue(queue).clear()
    with start_worker(celery_app, pool="solo", perform_ping_check=False, queues=queues, loglevel="ERROR"):
        yield celery_app


def sample(name: str, labels: dict[str, str]) -> float:
    """A metric's current value; 0 if there is no such series."""
    from prometheus_client import REGISTRY

    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.fixture
def send(client, s3):
    """POSTs to /process: `send(meta={…})` → the task's id."""
    s3.objects["box/in/a.wav"] = SOUND
    masterml.reset()

    def post(**more) -> str:
        body = {"video_id": "v1", "audio_uri": "s3://box/in/a.wav", **more}
        return client.post("/process", json=body).json()["celery_task_id"]

    return post


@pytest.fixture
def submit(client, send):
    """The same, and waits for the end: `submit(meta={…})` → the last body of /task."""
    return lambda **more: wait(client, send(**more))


def wait(client, task_id: str) -> dict:
    """The body of /task when the task has ended."""

    def ended():
        answer = client.get(f"/task/{task_id}").json()
        return answer if answer.get("status") in ("completed", "failed") else None

    return eventually(ended, f"task {task_id} to end")


def eventually(condition, what: str, seconds: float = 20.0):
    """Returns the condition's first true value; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.01)
    return value


def ledger(s3) -> list[dict]:
    """The ledger's events in order."""
    return [json.loads(body) for name, body in sorted(s3.objects.items()) if "/ledger/" in name]
