"""The unified tasks. Two names exist in this module, two in `async_unified_celery_tasks`; the API sends neither pair."""

import json
from pathlib import Path
from typing import Any

from .celery_app import celery_app
from .extractors import discover_extractors
from .extractors.recording import Recording
from .utils.clock import utc_now_z
from .utils.logging import get_logger

logger = get_logger(__name__)


@celery_app.task(bind=True, name="src.unified_celery_tasks.async_unified_process_task")
def async_unified_process_task(
    self,
    video_id: str,
    input_uri: str,
    processing_mode: str = "aggregates_only",
    segment_config: dict | None = None,
    extractor_names: list[str] | None = None,
    output_dir: str | None = None,
    task_id: str | None = None,
    dataset: str = "default",
    meta: dict | None = None,
    max_cpu_workers: int = 8,
    max_gpu_workers: int = 2,
    max_io_workers: int = 16,
    gpu_batch_size: int = 8,
) -> dict[str, Any]:
    """Features of one local WAV into `output_dir`; `s3://` is not downloaded, so it fails. Never raises."""
    self.update_state(state="PROGRESS", meta={"progress": 0, "status": "Initializing async processor..."})
    try:
        folder = output_dir or f"async_unified_output/{dataset}"
        return _process(video_id, input_uri, processing_mode, extractor_names, folder)
    except Exception as error:
        logger.error("unified_failed", video_id=video_id, error=str(error))
        return {"video_id": video_id, "success": False, "error": str(error), "processing_mode": processing_mode}


@celery_app.task(bind=True, name="src.unified_celery_tasks.async_unified_batch_task")
def async_unified_batch_task(
    self,
    videos: list[dict],
    processing_mode: str = "aggregates_only",
    segment_config: dict | None = None,
    extractor_names: list[str] | None = None,
    output_dir: str | None = None,
    task_id: str | None = None,
    dataset: str = "default",
    max_concurrent_videos: int = 4,
    max_cpu_workers: int = 8,
    max_gpu_workers: int = 2,
    max_io_workers: int = 16,
    gpu_batch_size: int = 8,
) -> dict[str, Any]:
    """The same for a list of `{video_id, audio_uri}`, one after the other."""
    self.update_state(state="PROGRESS", meta={"progress": 0, "status": "Initializing async batch processing..."})
    folder = output_dir or f"async_unified_batch_output/{dataset}"
    results = []
    for video in videos:
        uri = video.get("audio_uri") or video.get("video_uri")
        try:
            results.append(_process(video["video_id"], uri, processing_mode, extractor_names, folder))
        except Exception as error:
            results.append({"video_id": video.get("video_id"), "success": False, "error": str(error)})
    successful = sum(one["success"] for one in results)
    return {
        "total_videos": len(videos),
        "successful": successful,
        "failed": len(videos) - successful,
        "results": results,
        "processing_mode": processing_mode,
    }


@celery_app.task(name="src.async_unified_celery_tasks.async_unified_process_audio_task")
def async_unified_process_audio_task(video_id: str, audio_uri: str, *args, **options) -> dict[str, Any]:
    """Reproduces a defect of the application: waiting for a task inside a task raises RuntimeError."""
    return async_unified_process_task.delay(video_id, audio_uri, *args, **options).get()


@celery_app.task(name="src.async_unified_celery_tasks.async_unified_process_video_task")
def async_unified_process_video_task(video_id: str, video_uri: str, *args, **options) -> dict[str, Any]:
    """As for audio."""
    return async_unified_process_task.delay(video_id, video_uri, *args, **options).get()


def _process(video_id: str, uri: str, mode: str, names: list[str] | None, folder: str) -> dict[str, Any]:
    # The application makes these two at every start of its processor; a read-only working directory fails here.
    for working in ("artifacts", "segment_features"):
        Path(working).mkdir(exist_ok=True)
    recording = Recording(uri)
    wanted = [one for one in discover_extractors() if one.available and (names is None or one.name in names)]
    features = {one.name: one.run(recording) for one in wanted}
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    manifest = target / f"{video_id}_manifest.json"
    manifest.write_text(json.dumps({"video_id": video_id, "timestamp": utc_now_z(), "features": features}, indent=2))
    return {
        "video_id": video_id,
        "success": True,
        "aggregates_extracted": True,
        "segments_extracted": False,
        "manifest_path": str(manifest),
        "processing_mode": mode,
    }
