"""`/unified/…`: a second way in. What it sends no worker knows; the contract names the defects, and they are kept."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request

from .celery_app import celery_app
from .extractors import discover_extractors
from .limits import limiter
from .schemas.unified import (
    BatchProcessRequest,
    BatchProcessResponse,
    ProcessingMode,
    UnifiedProcessRequest,
    UnifiedProcessResponse,
)
from .task_state import task_state
from .utils.logging import get_logger

logger = get_logger(__name__)
router = APIRouter(prefix="/unified", tags=["unified"])

ENDINGS = (".wav", ".mp3", ".flac", ".m4a", ".mp4", ".avi", ".mov", ".mkv")
SEGMENTS = {"segment_len": 3.0, "hop": 1.5, "max_seq_len": 128, "k_start": 16, "k_end": 16}


@router.post("/process", response_model=UnifiedProcessResponse)
@limiter.limit("10/minute")
async def unified_process(
    request: Request,
    process_request: UnifiedProcessRequest,
    max_cpu_workers: int = 8,
    max_gpu_workers: int = 2,
    max_io_workers: int = 16,
    gpu_batch_size: int = 8,
):
    """Sends a task under a name that is registered nowhere, to the default queue."""
    uri = process_request.audio_uri or process_request.video_uri
    if not uri:
        raise HTTPException(status_code=400, detail="Either audio_uri or video_uri must be provided")
    if not uri.startswith("s3://") and not uri.endswith(ENDINGS):
        detail = "Invalid URI format. Must be S3 URI or local audio/video file"
        raise HTTPException(status_code=400, detail=detail)
    kind = "audio" if process_request.audio_uri else "video"
    mode = effective_mode(process_request)
    task = _send(
        f"src.unified_celery_tasks.async_unified_process_{kind}_task",
        [
            process_request.video_id,
            uri,
            mode.value,
            process_request.segment_config,
            process_request.extractor_names,
            process_request.output_dir,
            process_request.task_id,
            process_request.dataset,
            process_request.meta,
            max_cpu_workers,
            max_gpu_workers,
            max_io_workers,
            gpu_batch_size,
        ],
    )
    message = f"Unified async {kind} processing request accepted"
    return UnifiedProcessResponse(accepted=True, celery_task_id=task.id, message=message, processing_mode=mode)


def effective_mode(request: UnifiedProcessRequest) -> ProcessingMode:
    """`both` is silently reduced to aggregates, and so is everything unless `aggregates_only` is false."""
    if request.aggregates_only or request.processing_mode is ProcessingMode.BOTH:
        return ProcessingMode.AGGREGATES_ONLY
    return request.processing_mode


@router.post("/batch", response_model=BatchProcessResponse)
@limiter.limit("5/minute")
async def unified_batch(
    request: Request,
    batch_request: BatchProcessRequest,
    max_concurrent_videos: int = 4,
    max_cpu_workers: int = 8,
    max_gpu_workers: int = 2,
    max_io_workers: int = 16,
    gpu_batch_size: int = 8,
):
    """Always 500: the request's model has neither `aggregates_only` nor `task_id` nor `dataset`."""
    try:
        mode = batch_request.processing_mode
        if batch_request.aggregates_only:
            mode = ProcessingMode.AGGREGATES_ONLY
        arguments = [batch_request.videos, mode.value, batch_request.task_id, batch_request.dataset]
        limits = [max_concurrent_videos, max_cpu_workers, max_gpu_workers, max_io_workers, gpu_batch_size]
        task = _send("src.unified_celery_tasks.async_unified_batch_task", arguments + limits)
    except AttributeError as error:
        logger.error("batch_not_submitted", error=str(error))
        raise HTTPException(status_code=500, detail="Internal server error") from error
    return BatchProcessResponse(
        accepted=True, celery_task_id=task.id, total_videos=len(batch_request.videos), processing_mode=mode
    )


def _send(name: str, arguments: list[Any]):
    try:
        return celery_app.send_task(name, args=arguments)
    except Exception as error:
        logger.error("task_not_submitted", task_name=name, error=str(error))
        raise HTTPException(status_code=500, detail="Internal server error") from error


@router.get("/task/{task_id}")
async def unified_task(task_id: str) -> dict[str, Any]:
    """As `/task/{id}`, without the times."""
    return {"task_id": task_id, **task_state(task_id)}


@router.get("/config")
async def unified_config() -> dict[str, Any]:
    """Defaults; builds all extractors."""
    return {
        "default_segment_config": SEGMENTS,
        "available_processing_modes": [mode.value for mode in ProcessingMode],
        "available_extractors": [
            {"name": one.name, "version": one.version, "description": one.description, "category": "unknown"}
            for one in discover_extractors()
        ],
        "async_processing": True,
        "gpu_optimization": True,
        "parallel_extractors": True,
        "default_max_cpu_workers": 8,
        "default_max_gpu_workers": 2,
        "default_max_io_workers": 16,
        "default_gpu_batch_size": 8,
        "default_max_concurrent_videos": 4,
    }


@router.get("/examples")
async def unified_examples() -> dict[str, Any]:
    """Requests to copy."""
    return {
        "aggregates_only": {
            "video_id": "example_video_001",
            "audio_uri": "s3://bucket/audio.wav",
            "processing_mode": "aggregates_only",
            "extractor_names": ["loudness_extractor", "mel_extractor"],
        },
        "segments_only": {
            "video_id": "example_video_002",
            "audio_uri": "s3://bucket/audio.wav",
            "processing_mode": "segments_only",
            "aggregates_only": False,
            "segment_config": SEGMENTS,
        },
    }
