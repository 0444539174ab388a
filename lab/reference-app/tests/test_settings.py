"""Settings: their types, and the effect of an invalid value."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_settings import SettingsError

from src.config import Settings

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_PORT", "tcp://10.0.0.1:8000"),
        ("PROMETHEUS_PORT", "tcp://10.0.0.1:9090"),
        ("DEBUG", "release"),
        ("CELERY_BROKER_URL", ""),
        ("CELERY_BROKER_URL", "redis://:a/b@redis:6379/0"),
        ("CELERY_BROKER_URL", "redis://:a#b@redis:6379/0"),
        ("CELERY_BROKER_URL", "sentinel://a:26379;sentinel://b:26379"),
        ("CELERY_RESULT_BACKEND", ""),
        ("CELERY_ACCEPT_CONTENT", "json"),
        ("S3_ENDPOINT", ""),
        ("MASTERML_URL", ""),
        ("CORS_ORIGINS", "http://a.example,http://b.example"),
        ("GPU_MEMORY_LIMIT", "most"),
        ("TASK_TIME_LIMIT", "1h"),
    ],
)
def test_value_of_the_wrong_type_is_rejected(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises((ValidationError, SettingsError), match=rf"(?i){name}"):
        Settings()


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("API_PORT", "9000", 9000),
        ("api_port", "9000", 9000),
        ("CORS_ORIGINS", '["https://a.example"]', ["https://a.example"]),
        ("CELERY_ACCEPT_CONTENT", '["json"]', ["json"]),
        ("MASTERML_TOKEN", "", ""),
        ("DEBUG", "true", True),
    ],
)
def test_value_of_the_right_type_is_accepted(monkeypatch, name, value, found):
    monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(name, value)
    assert getattr(Settings(), name.lower()) == found


@pytest.mark.parametrize(
    "url",
    [
        "redis://:p%2Fq%23r%40s@redis:6379/0",
        "rediss://redis:6379/0?ssl_cert_reqs=required",
        "redis://redis:6379/1",
        "rediss://:p%2Fw@redis:6379/0",
        "sentinel://a:26379/0;sentinel://b:26379/0",
        "sentinel://:p%2Fw@a:26379/0;sentinel://:p%2Fw@b:26379/0",
    ],
)
def test_valid_broker_url_reaches_celery_unchanged(monkeypatch, url):
    monkeypatch.setenv("CELERY_BROKER_URL", url)
    assert str(Settings().celery_broker_url) == url


def test_url_without_a_path_gets_a_slash(monkeypatch):
    monkeypatch.setenv("MASTERML_URL", "http://masterml-service:8000")
    assert f"{Settings().masterml_url}/health" == "http://masterml-service:8000//health"


def test_settings_have_their_defaults(monkeypatch):
    for name in list(os.environ):
        if name.startswith(("CELERY_", "S3_", "MASTERML_")):
            monkeypatch.delenv(name)
    found = Settings()
    assert str(found.celery_broker_url) == str(found.celery_result_backend) == "redis://localhost:6380/0"
    assert str(found.s3_endpoint) == "https://s3.amazonaws.com/"
    assert str(found.masterml_url) == "http://localhost:8000/"
    assert (found.s3_bucket, found.s3_region) == ("audio-features", "us-east-1")
    assert (found.worker_timeout, found.task_time_limit, found.api_port) == (3600, 3600, 8000)
    assert found.cors_origins == ["http://localhost:3000"]
    assert found.masterml_token is None


def test_unknown_key_in_dotenv_is_rejected_and_an_unknown_variable_is_not(monkeypatch, tmp_path):
    monkeypatch.setenv("OPENL3_MODE", "x")
    Settings()
    (tmp_path / ".env").write_text("OPENL3_MODE=x\n")
    with pytest.raises(ValidationError, match="openl3_mode"):
        Settings()


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        ("src.celery_app", "API_PORT", "tcp://10.0.0.1:8000"),
        ("src.main", "LOG_LEVEL", "bogus"),
    ],
)
def test_invalid_value_ends_the_process_at_import(module, name, value):
    assert _import(module, **{name: value}).returncode == 1


def test_workers_ignore_log_level_and_celery_app_imports_little():
    """Each `celery inspect` imports this module."""
    done = _import("src.celery_app, sys; print(*sys.modules)", LOG_LEVEL="bogus")
    assert done.returncode == 0
    assert "celery" in done.stdout.split()
    assert not {"numpy", "boto3", "fastapi", "prometheus_client", "structlog"} & set(done.stdout.split())


def _import(module: str, **env: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", f"import {module}"],
        env={**os.environ, **env, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
