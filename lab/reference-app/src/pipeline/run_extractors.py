"""Runs the 22 extractors over one recording."""

import time

from ..extractors import discover_extractors
from ..extractors.base import NOT_AVAILABLE, Extractor
from ..extractors.recording import Recording
from ..lab.order import LabOrder, OrderedFailure
from ..monitor.metrics import metrics_collector
from ..schemas.models import ExtractorResult
from ..utils.logging import get_logger

logger = get_logger(__name__)


def run_extractors(task, order: LabOrder, path: str, video_id: str, first: int, last: int) -> list[ExtractorResult]:
    """One result per extractor, in their order; the task's progress rises from `first` to `last` percent.

    A failing extractor never fails the task. As in the application the loop also swallows SoftTimeLimitExceeded: only
    the hard limit ends a task. The requested duration of the task is spread over the extractors for the same reason.
    """
    extractors = discover_extractors()
    recording = Recording(path)
    begun = time.monotonic()
    results = []
    for index, extractor in enumerate(extractors):
        task.update_state(
            state="PROGRESS",
            meta={
                "progress": first + int(index / len(extractors) * (last - first)),
                "status": f"Running {extractor.name}...",
                "extractor": extractor.name,
                "step": index + 1,
                "total_steps": len(extractors),
            },
        )
        share = begun + order.seconds * (index + 1) / len(extractors)
        results.append(_run_one(extractor, recording, order, share, video_id))
    # Makes up for a share that a soft time limit interrupted: the task takes as long as requested.
    order.work_until(begun + order.seconds)
    return results


def _run_one(
    extractor: Extractor, recording: Recording, order: LabOrder, share: float, video_id: str
) -> ExtractorResult:
    begun = time.monotonic()
    identity = {"name": extractor.name, "version": extractor.version}
    try:
        order.work_until(share)
        if extractor.name in order.fail_extractors:
            raise OrderedFailure(f"{extractor.name} fails as ordered (failExtractors)")
        if not extractor.available:
            return ExtractorResult(**identity, success=False, skipped=True, error=NOT_AVAILABLE)
        payload = extractor.run(recording)
        seconds = time.monotonic() - begun
        metrics_collector.record_extractor(**identity, success=True, duration=seconds)
        logger.info("extractor_completed", extractor_name=extractor.name, video_id=video_id, duration=seconds)
        return ExtractorResult(**identity, success=True, payload=payload, processing_time=seconds)
    except Exception as error:
        seconds = time.monotonic() - begun
        # The application's extractors report failure as a result, and its metric call then stumbles over an unbound
        # variable: whatever went wrong, this is the label that reaches Prometheus.
        metrics_collector.record_extractor(
            **identity, success=False, duration=seconds, error_type="UnboundLocalError"
        )
        logger.error("extractor_failed", extractor_name=extractor.name, video_id=video_id, error=str(error))
        return ExtractorResult(**identity, success=False, error=str(error), processing_time=seconds)


def summary(results: list[ExtractorResult]) -> dict:
    """The payloads by short name (`loudness`, `mfcc` …): what manifest and task result show at a glance."""
    return {one.name.removesuffix("_extractor"): one.payload for one in results if one.success}
