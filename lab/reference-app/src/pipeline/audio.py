"""process_audio_task: download → 22 extractors one by one → manifest → notification."""

import json
import shutil
import tempfile
import time
from pathlib import Path

from ..lab.ledger import ledger
from ..lab.order import LabOrder
from ..monitor.metrics import metrics_collector
from ..schemas.models import Manifest
from ..storage.masterml import notify_masterml
from ..storage.s3 import S3Storage
from ..utils.clock import utc_now
from ..utils.logging import get_logger
from .run_extractors import run_extractors, summary

logger = get_logger(__name__)


def process_audio(task, video_id: str, audio_uri: str, **options) -> dict:
    """Runs one attempt; `task` is the bound Celery task. Raises whatever went wrong, for Celery to retry."""
    order = LabOrder.from_meta(options.get("meta"))
    with ledger(task.request, order.ledger):
        order.fail_before(task.request.retries + 1)
        return _attempt(task, order, video_id, audio_uri, options)


def _attempt(task, order: LabOrder, video_id: str, audio_uri: str, options: dict) -> dict:
    begun = time.time()
    try:
        logger.info("task_started", task_id=task.request.id, task_name="process_audio_task", video_id=video_id)
        metrics_collector.record_task("started", "audio_queue")
        result = _process(task, order, video_id, audio_uri, options)
        seconds = time.time() - begun
        metrics_collector.record_task("completed", "audio_queue", seconds)
        result |= {"total_processing_time": seconds, "timestamp": utc_now()}
        notify_masterml(video_id, result["manifest_uri"], "completed", result)
        logger.info("task_completed", task_id=task.request.id, video_id=video_id, duration=seconds)
        return result
    except Exception as error:
        logger.error("task_failed", task_id=task.request.id, video_id=video_id, error=str(error))
        metrics_collector.record_task("failed", "audio_queue", time.time() - begun)
        notify_masterml(video_id, None, "failed", {"error": str(error)})
        # Reproduces a defect of the application: a failure state whose result is no exception. Celery cannot
        # read it back, so `GET /task/{id}` answers 500 until the result expires.
        task.update_state(state="FAILURE", meta={"error": str(error), "status": "failed"})
        raise
    finally:
        order.release()


def _process(task, order: LabOrder, video_id: str, audio_uri: str, options: dict) -> dict:
    dataset = options.get("dataset") or "default"
    progress(task, 0, "Initializing...")
    storage = S3Storage()
    with tempfile.TemporaryDirectory() as directory:
        progress(task, 10, "Loading audio...")
        path = fetch(storage, audio_uri, directory)
        order.allocate()
        order.fail_inside()
        results = run_extractors(task, order, path, video_id, first=20, last=80)
    progress(task, 85, "Creating manifest...")
    features = summary(results)
    manifest = Manifest(
        video_id=video_id,
        task_id=options.get("task_id"),
        dataset=dataset,
        timestamp=utc_now(),
        extractors=results,
        features=features,
    )
    progress(task, 95, "Saving manifest...")
    return {
        "status": "completed",
        "video_id": video_id,
        "audio_uri": audio_uri,
        "manifest_uri": save_manifest(storage, manifest),
        "extractors": [one.name for one in results],
        "successful_extractors": [one.name for one in results if one.success],
        "failed_extractors": [one.name for one in results if not one.success and not one.skipped],
        "skipped_extractors": [one.name for one in results if one.skipped],
        "features": features,
    }


def progress(task, percent: int, status: str, **more) -> None:
    """What `GET /task/{id}` shows while the task runs."""
    task.update_state(state="PROGRESS", meta={"progress": percent, "status": status, **more})


def fetch(storage: S3Storage, uri: str, directory: str) -> str:
    """The media file as a local copy: from S3, or from a path that the worker can read."""
    if uri.startswith("s3://"):
        return storage.download(uri, directory)
    return shutil.copy2(uri, directory)


def save_manifest(storage: S3Storage, manifest: Manifest) -> str:
    """To `<dataset>/manifests/<video_id>.json`; into the working directory when S3 refuses. Returns the URI."""
    body = manifest.model_dump()
    try:
        return storage.put_json(f"{manifest.dataset}/manifests/{manifest.video_id}.json", body)
    except Exception as error:
        path = Path(f"manifest_{manifest.video_id}.json").absolute()
        logger.warning("manifest_kept_locally", path=str(path), error=str(error))
        path.write_text(json.dumps(body, indent=2))
        return f"file://{path}"
