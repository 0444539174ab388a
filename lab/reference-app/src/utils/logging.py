"""Event logs: one JSON object per event (event, logger, level, timestamp and the event's own fields)."""

import functools
import logging
import sys

import structlog

from ..config import get_settings


@functools.cache
def _configure_structlog() -> None:
    """Events go through the standard library's loggers, so that Celery's own format and level apply in workers."""
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if get_settings().log_format == "json"
        else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def setup_logging() -> None:
    """The API's root logger: stdout, message only, level LOG_LEVEL.

    Raises AttributeError for a level that does not exist, which ends the API (workers have `--loglevel`).
    """
    level = getattr(logging, get_settings().log_level.upper())
    logging.basicConfig(format="%(message)s", stream=sys.stdout, level=level)


def get_logger(name: str):
    """A structured logger: `get_logger(__name__).info("event", key=value)`."""
    _configure_structlog()
    return structlog.get_logger(name)
