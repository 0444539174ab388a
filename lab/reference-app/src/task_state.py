"""Celery's task states as the API returns them."""

from typing import Any

from fastapi import HTTPException

from .celery_app import celery_app
from .utils.logging import get_logger

logger = get_logger(__name__)


def task_state(task_id: str) -> dict[str, Any]:
    """status, progress (0 … 100), result and error of a task; whatever is unknown, started or retrying is pending.

    Raises HTTPException 500 when the result backend is away, and for a failure that the task wrote itself: Celery
    expects an exception there and refuses what it finds.
    """
    try:
        found = celery_app.AsyncResult(task_id)
        state = found.state
        if state == "PROGRESS":
            percent = found.info.get("progress", 0.0)
            return {"status": "processing", "progress": percent, "result": found.info, "error": None}
        if state == "SUCCESS":
            return {"status": "completed", "progress": 100.0, "result": found.result, "error": None}
        if state == "FAILURE":
            return {"status": "failed", "progress": 0.0, "result": None, "error": str(found.info)}
        return {"status": "pending", "progress": 0.0, "result": None, "error": None}
    except Exception as error:
        logger.error("task_state_unreadable", task_id=task_id, error=str(error))
        raise HTTPException(status_code=500, detail="Internal server error") from error
