"""HTTP: routes, bodies, status codes, rate limits, and the task and queue of each route."""

import json
import time

import pytest
from celery.exceptions import OperationalError
from conftest import sample

from src.celery_app import celery_app
from src.health import health_checker

AUDIO = {"video_id": "v1", "audio_uri": "s3://box/a.wav"}


@pytest.fixture
def queued():
    """Removes and returns the next message of a queue: `queued("celery")` → (task name, args, kwargs), or None."""

    def take(queue: str):
        with celery_app.connection_for_read() as connection:
            message = connection.SimpleQueue(queue).queue.get(no_ack=True)
            if message is None:
                return None
            args, kwargs, _ = json.loads(message.body)
            return message.headers["task"], args, kwargs

    with celery_app.connection_for_write() as connection:
        for queue in ("audio_queue", "celery"):
            connection.SimpleQueue(queue).clear()
    return take


def test_root_is_static(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.json() == {"service": "AudioProcessor", "version": "1.0.0", "status": "running", "docs": "/docs"}


def test_openapi_lists_every_route(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods} == {
        "GET /", "GET /health", "GET /health/detailed", "GET /health/{check_name}", "GET /metrics", "POST /process",
        "GET /task/{task_id}", "GET /extractors", "POST /unified/process", "POST /unified/batch",
        "GET /unified/task/{task_id}", "GET /unified/config", "GET /unified/examples",
    }  # fmt: skip
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 200


def test_unknown_route_is_starlettes_404(client):
    answer = client.get("/nowhere")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})


@pytest.mark.parametrize(
    ("body", "queue", "task", "message"),
    [
        (AUDIO, "audio_queue", "src.celery_app.process_audio_task", "Audio processing request accepted"),
        (
            {"video_id": "v1", "video_uri": "s3://box/a.mp4"},
            "celery",
            "src.celery_app.process_video_task",
            "Video processing request accepted",
        ),
        (
            {**AUDIO, "video_uri": "s3://box/a.mp4"},
            "audio_queue",
            "src.celery_app.process_audio_task",
            "Audio processing request accepted",
        ),
        (
            {"video_id": "v1", "audio_uri": "/data/a.flac"},
            "audio_queue",
            "src.celery_app.process_audio_task",
            "Audio processing request accepted",
        ),
    ],
)
def test_process_publishes_one_task_to_its_queue(client, queued, body, queue, task, message):
    extra = {"task_id": "mine", "dataset": "train", "meta": {"lab": {"seconds": 1}}}
    answer = client.post("/process", json={**body, **extra})
    assert answer.status_code == 200
    assert answer.json() == {"accepted": True, "celery_task_id": answer.json()["celery_task_id"], "message": message}
    uri = body.get("audio_uri") or body["video_uri"]
    assert queued(queue) == (task, ["v1", uri], extra)


def test_process_without_optional_fields_publishes_the_defaults(client, queued):
    client.post("/process", json=AUDIO)
    assert queued("audio_queue")[2] == {"task_id": None, "dataset": "default", "meta": {}}


@pytest.mark.parametrize(
    "body",
    [
        {"video_id": "v1"},
        {"video_id": "v1", "audio_uri": None, "video_uri": None},
        {"video_id": "v1", "audio_uri": "/data/a.mp4"},
        {"video_id": "v1", "audio_uri": "https://x/a.ogg"},
        {"video_id": "v1", "video_uri": "/data/a.wav"},
    ],
)
def test_process_rejects_a_request_without_a_usable_uri(client, body):
    answer = client.post("/process", json=body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error", "detail", "timestamp", "request_id"}
    assert answer.json()["detail"] is None
    assert answer.json()["timestamp"].endswith("Z")


@pytest.mark.parametrize("body", [{}, {"audio_uri": "s3://box/a.wav"}, {**AUDIO, "meta": "no object"}])
def test_process_rejects_an_invalid_body_with_fastapis_422(client, body):
    answer = client.post("/process", json=body)
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], list)


@pytest.mark.parametrize(
    ("path", "limit", "text"),
    [
        ("/process", 10, "10 per 1 minute"),
        ("/unified/process", 10, "10 per 1 minute"),
        ("/unified/batch", 5, "5 per 1 minute"),
    ],
)
def test_rate_limit_counts_rejected_requests_too(client, path, limit, text):
    body = {"videos": [{}]} if path.endswith("batch") else {"video_id": "v1"}
    codes = [client.post(path, json=body).status_code for _ in range(limit)]
    assert 429 not in codes
    answer = client.post(path, json=body)
    assert (answer.status_code, answer.json()) == (429, {"error": f"Rate limit exceeded: {text}"})
    assert "retry-after" not in answer.headers


def test_get_requests_have_no_rate_limit(client):
    assert {client.get("/task/x").status_code for _ in range(30)} == {200}


def test_process_without_a_broker_is_a_500(client, monkeypatch):
    def refuse(*_, **__):
        raise OperationalError("connection refused")

    monkeypatch.setattr(celery_app, "send_task", refuse)
    answer = client.post("/process", json=AUDIO)
    assert (answer.status_code, answer.json()["error"]) == (500, "Internal server error")


def test_unknown_task_is_pending(client):
    answer = client.get("/task/none-such").json()
    assert set(answer) == {"task_id", "status", "progress", "result", "error", "created_at", "updated_at"}
    assert (answer["status"], answer["progress"], answer["result"], answer["error"]) == ("pending", 0.0, None, None)


@pytest.mark.parametrize(
    ("state", "meta", "expected"),
    [
        ("PROGRESS", {"progress": 20}, ("processing", 20.0, {"progress": 20}, None)),
        ("SUCCESS", {"status": "completed"}, ("completed", 100.0, {"status": "completed"}, None)),
        ("STARTED", {"pid": 1}, ("pending", 0.0, None, None)),
        ("FAILURE", ValueError("broken"), ("failed", 0.0, None, "broken")),
        ("RETRY", ValueError("broken"), ("pending", 0.0, None, None)),
    ],
)
def test_task_returns_status_and_progress_for_each_celery_state(client, state, meta, expected):
    celery_app.backend.store_result(f"task-{state}", meta, state)
    for path in ("/task", "/unified/task"):
        answer = client.get(f"{path}/task-{state}").json()
        assert tuple(answer[key] for key in ("status", "progress", "result", "error")) == expected


def test_unreadable_failure_state_of_a_task_is_a_500(client):
    celery_app.backend.store_result("poisoned", {"error": "x", "status": "failed"}, "FAILURE")
    assert client.get("/task/poisoned").status_code == client.get("/unified/task/poisoned").status_code == 500


def test_extractors_lists_all_22_as_available(client):
    found = client.get("/extractors").json()["extractors"]
    assert len(found) == 22
    assert {frozenset(one) for one in found} == {frozenset({"name", "version", "description", "status"})}
    assert {one["status"] for one in found} == {"available"}
    assert found[0]["name"] == "mfcc_extractor"


@pytest.mark.parametrize(
    ("more", "mode"),
    [
        ({}, "aggregates_only"),
        ({"processing_mode": "both"}, "aggregates_only"),
        ({"processing_mode": "both", "aggregates_only": False}, "aggregates_only"),
        ({"processing_mode": "segments_only", "aggregates_only": False}, "segments_only"),
    ],
)
def test_unified_publishes_an_unregistered_task_name_to_the_default_queue(client, queued, more, mode):
    answer = client.post("/unified/process?max_cpu_workers=3", json={**AUDIO, **more})
    assert answer.status_code == 200
    assert answer.json()["processing_mode"] == mode
    name, args, _ = queued("celery")
    assert name == "src.unified_celery_tasks.async_unified_process_audio_task"
    assert name not in celery_app.tasks
    assert args == ["v1", "s3://box/a.wav", mode, None, None, None, None, "default", {}, 3, 2, 16, 8]


def test_unified_batch_is_always_a_500(client):
    assert client.post("/unified/batch", json={"videos": [AUDIO]}).status_code == 500


@pytest.mark.parametrize("videos", [[], [AUDIO] * 101])
def test_unified_batch_requires_1_to_100_videos(client, videos):
    assert client.post("/unified/batch", json={"videos": videos}).status_code == 422


def test_unified_config_and_examples_are_served(client):
    config = client.get("/unified/config").json()
    assert len(config["available_extractors"]) == 22
    assert config["available_processing_modes"] == ["aggregates_only", "segments_only", "both"]
    assert "aggregates_only" in client.get("/unified/examples").json()


def test_metrics_content_type_is_plain_text_without_a_version(client):
    answer = client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_request_metric_has_the_raw_path_and_includes_probes_and_scrapes(client):
    for path in ("/", "/task/abc", "/metrics"):
        labels = {"method": "GET", "endpoint": path, "status": "200"}
        before = sample("audio_requests_total", labels)
        client.get(path)
        assert sample("audio_requests_total", labels) == before + 1


def test_submitted_task_metric_has_audio_queue_for_videos_too_and_excludes_unified(client):
    labels = {"status": "submitted", "queue": "audio_queue"}
    before = sample("audio_tasks_total", labels)
    client.post("/process", json=AUDIO)
    client.post("/process", json={"video_id": "v", "video_uri": "s3://box/a.mp4"})
    client.post("/unified/process", json=AUDIO)
    assert sample("audio_tasks_total", labels) == before + 2


def test_unhandled_exception_is_a_500_with_an_error_body_and_is_not_counted(client, monkeypatch):
    def fail():
        raise RuntimeError("no metrics")

    monkeypatch.setattr("src.main.get_metrics", fail)
    answer = client.get("/metrics")
    assert (answer.status_code, answer.json()["error"]) == (500, "Internal server error")


def test_cors_allows_the_configured_origin_with_credentials(client):
    answer = client.get("/", headers={"Origin": "http://localhost:3000"})
    assert answer.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert "access-control-allow-origin" not in client.get("/", headers={"Origin": "http://evil.example"}).headers


def test_each_request_is_logged_as_one_json_object(client, caplog):
    caplog.set_level("INFO")
    client.get("/", headers={"X-Correlation-ID": "abc"})
    (line,) = [record.getMessage() for record in caplog.records if record.name == "request"]
    event = json.loads(line)
    assert event["event"] == "HTTP request processed"
    assert (event["logger"], event["level"]) == ("request", "info")
    assert (event["method"], event["path"], event["status_code"]) == ("GET", "/", 200)
    assert event["correlation_id"] == "abc"
    assert event["duration_ms"] >= 0
    assert event["timestamp"].endswith("Z")


def test_health_takes_at_least_a_second_and_names_five_dependencies(client, s3, monkeypatch):
    # Long time limits: a busy machine may exceed the real ones, which test_health.py asserts.
    long_limits = {name: (check, 30.0, after_error) for name, (check, _, after_error) in health_checker.checks.items()}
    monkeypatch.setattr(health_checker, "checks", long_limits)
    begun = time.monotonic()
    answer = client.get("/health")
    assert time.monotonic() - begun >= 1.0
    assert answer.status_code == 200
    assert set(answer.json()) == {"status", "timestamp", "version", "uptime", "dependencies"}
    assert answer.json()["dependencies"] == dict.fromkeys(("redis", "s3", "masterml", "celery", "system"), "healthy")
