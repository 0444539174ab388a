"""process_video_task: the sound of a video. Without ffmpeg only a WAV under a video's name can be read."""

import json
import tempfile
import time
from pathlib import Path

from ..lab.ledger import ledger
from ..lab.order import LabOrder
from ..monitor.metrics import MetricsCollector
from ..storage.masterml import notify_masterml
from ..storage.s3 import S3Storage
from ..utils.clock import utc_now_z
from ..utils.logging import get_logger
from .audio import fetch, progress
from .run_extractors import run_extractors

logger = get_logger(__name__)


def process_video(task, video_id: str, video_uri: str, **options) -> dict:
    """Never raises: a failure is a result with status "failed", which Celery counts as success."""
    begun = time.time()
    order = LabOrder.from_meta(options.get("meta"))
    metrics = MetricsCollector()
    with ledger(task.request, order.ledger):
        try:
            metrics.record_task("started", "video_queue")
            manifest_uri = _process(task, order, video_id, video_uri, options)
            metrics.record_task("completed", "video_queue")
            # Reproduces a defect of the application: there is no such method, so every video ends as "failed".
            metrics.record_processing_time("video_queue", time.time() - begun)
            notify_masterml(video_id, manifest_uri, "completed", {"video_uri": video_uri})
            return {"status": "completed", "video_id": video_id, "manifest_uri": manifest_uri}
        except Exception as error:
            logger.error("video_failed", task_id=task.request.id, video_id=video_id, error=str(error))
            metrics.record_task("failed", "video_queue")
            notify_masterml(video_id, None, "failed", {"error": str(error)})
            return {
                "status": "failed",
                "video_id": video_id,
                "video_uri": video_uri,
                "error": str(error),
                "processing_time": time.time() - begun,
            }
        finally:
            order.release()


def _process(task, order: LabOrder, video_id: str, video_uri: str, options: dict) -> str:
    progress(task, 0, "Initializing...")
    with tempfile.TemporaryDirectory() as directory:
        progress(task, 5, "Loading video...")
        path = fetch(S3Storage(), video_uri, directory)
        order.allocate()
        order.fail_inside()
        results = run_extractors(task, order, path, video_id, first=25, last=95)
    progress(task, 98, "Saving results...")
    manifest = Path(f"manifest_{video_id}.json").absolute()
    manifest.write_text(
        json.dumps(
            {
                "video_id": video_id,
                "task_id": options.get("task_id"),
                "dataset": options.get("dataset") or "default",
                "timestamp": utc_now_z(),
                "extractors": [one.model_dump() for one in results],
                "schema_version": "video_audio_manifest_v1",
                "source_type": "video",
            },
            indent=2,
        )
    )
    return f"file://{manifest}"
