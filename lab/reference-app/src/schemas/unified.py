"""Shapes of `/unified/…`."""

from enum import Enum
from typing import Any

from pydantic import BaseModel, Field


class ProcessingMode(str, Enum):
    """What to extract."""

    AGGREGATES_ONLY = "aggregates_only"
    SEGMENTS_ONLY = "segments_only"
    BOTH = "both"


class UnifiedProcessRequest(BaseModel):
    """One file. `aggregates_only` (true) rules over `processing_mode`: see `effective_mode`."""

    video_id: str
    audio_uri: str | None = None
    video_uri: str | None = None
    task_id: str | None = None
    dataset: str = "default"
    meta: dict[str, Any] = Field(default_factory=dict)
    processing_mode: ProcessingMode = ProcessingMode.AGGREGATES_ONLY
    aggregates_only: bool = True
    segment_config: dict[str, Any] | None = None
    extractor_names: list[str] | None = None
    output_dir: str | None = None


class UnifiedProcessResponse(BaseModel):
    """The task was sent."""

    accepted: bool
    celery_task_id: str
    message: str | None = None
    processing_mode: ProcessingMode


class BatchProcessRequest(BaseModel):
    """Several files. It lacks fields that the handler reads: the route always answers 500, as in the application."""

    videos: list[dict[str, Any]] = Field(min_length=1, max_length=100)
    processing_mode: ProcessingMode = ProcessingMode.AGGREGATES_ONLY
    segment_config: dict[str, Any] | None = None
    extractor_names: list[str] | None = None
    output_dir: str | None = None


class BatchProcessResponse(BaseModel):
    """What the route would answer."""

    accepted: bool
    celery_task_id: str
    total_videos: int
    processing_mode: ProcessingMode
    message: str | None = None
