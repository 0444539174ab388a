"""process_audio_gpu_task: a simulation, as in the application."""

import time

from ..config import get_settings
from ..lab.ledger import ledger
from ..lab.order import LabOrder
from ..utils.clock import utc_now
from ..utils.logging import get_logger

logger = get_logger(__name__)

STEPS = (
    "Initialize GPU",
    "Load models",
    "Download audio",
    "Compute embeddings",
    "Recognise speech",
    "Postprocess embeddings",
    "Upload results",
    "Free GPU memory",
)
STEP_SECONDS = 0.5


def simulate_gpu(task, video_id: str, audio_uri: str, **options) -> dict:
    """Eight steps of 0.5 s, or of an eighth of `meta.lab.seconds`, and an invented result."""
    order = LabOrder.from_meta(options.get("meta"))
    with ledger(task.request, order.ledger):
        order.fail_before(task.request.retries + 1)
        try:
            order.allocate()
            order.fail_inside()
            _steps(task, order)
        except Exception as error:
            task.update_state(state="FAILURE", meta={"error": str(error), "gpu": True})
            raise
        finally:
            order.release()
    return {
        "status": "completed",
        "video_id": video_id,
        "audio_uri": audio_uri,
        "manifest_uri": f"s3://{get_settings().s3_bucket}/manifests/{video_id}_gpu.json",
        "gpu": True,
        "extractors": ["openl3_extractor_gpu", "whisper_asr_gpu"],
        "timestamp": utc_now(),
    }


def _steps(task, order: LabOrder) -> None:
    step_seconds = order.seconds / len(STEPS) if order.seconds else STEP_SECONDS
    begun = time.monotonic()
    for number, status in enumerate(STEPS, start=1):
        order.work_until(begun + number * step_seconds)
        percent = int(number / len(STEPS) * 100)
        meta = {"progress": percent, "status": status, "step": number, "total_steps": len(STEPS), "gpu": True}
        task.update_state(state="PROGRESS", meta=meta)
        logger.info("gpu_step", step=number, status=status)
