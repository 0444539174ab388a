"""Notifications to MasterML."""

import httpx

from ..config import get_settings
from ..utils.clock import utc_now
from ..utils.logging import get_logger

logger = get_logger(__name__)


def notify_masterml(video_id: str, manifest_uri: str | None, status: str, result: dict) -> None:
    """Reports how a task ended. A MasterML that cannot be reached is logged and never fails the task."""
    settings = get_settings()
    headers = {"Authorization": f"Bearer {settings.masterml_token}"} if settings.masterml_token else {}
    body = {
        "video_id": video_id,
        "processor": "audio_processor",
        "status": status,
        "timestamp": utc_now(),
        "manifest_uri": manifest_uri,
        "result": result,
    }
    try:
        # The URL of the settings already ends in a slash, so this requests `//api/…`, as the application does.
        url = f"{settings.masterml_url}/api/v1/processors/audio/notify"
        httpx.post(url, json=body, headers=headers, timeout=30.0).raise_for_status()
        logger.info("masterml_notified", video_id=video_id, status=status)
    except httpx.HTTPError as error:
        logger.error("masterml_notification_failed", video_id=video_id, error=str(error))
