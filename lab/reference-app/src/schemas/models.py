"""Shapes of `/process`, `/task`, `/health`, and of the manifest."""

from datetime import datetime
from enum import Enum
from typing import Any

from pydantic import BaseModel, Field


class TaskStatus(str, Enum):
    """How the API names Celery's states."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


class ProcessRequest(BaseModel):
    """One audio or video file; with both URIs it counts as audio."""

    video_id: str
    audio_uri: str | None = None
    video_uri: str | None = None
    task_id: str | None = None
    dataset: str = "default"
    meta: dict[str, Any] = Field(default_factory=dict)


class ProcessResponse(BaseModel):
    """The task was sent."""

    accepted: bool
    celery_task_id: str
    message: str | None = None


class TaskStatusResponse(BaseModel):
    """State of a task; an unknown id is pending. Both times are the time of the question."""

    task_id: str
    status: TaskStatus
    progress: float | None = None
    result: dict[str, Any] | None = None
    error: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


class HealthResponse(BaseModel):
    """The service and what it depends on, by name."""

    status: str
    timestamp: str
    version: str
    uptime: float | None = None
    dependencies: dict[str, str] = Field(default_factory=dict)


class ErrorResponse(BaseModel):
    """Body of every error that the application itself raises."""

    error: str
    detail: str | None = None
    timestamp: str
    request_id: str | None = None


class ExtractorResult(BaseModel):
    """What one extractor found. `skipped`: it does not exist in the reference application; neither success nor failure."""

    name: str
    version: str
    success: bool
    skipped: bool = False
    payload: dict[str, Any] | None = None
    error: str | None = None
    processing_time: float | None = None


class Manifest(BaseModel):
    """What is written to S3 for one audio file. `features`: the payloads by short name."""

    video_id: str
    task_id: str | None = None
    dataset: str
    timestamp: str
    extractors: list[ExtractorResult]
    features: dict[str, dict[str, Any]]
    schema_version: str = "audio_manifest_v1"
