"""Formats Celery's log lines as JSON objects, like the application's own."""

import json
import os
from datetime import datetime, timezone
from logging import Formatter

from celery import current_task, signals


class JsonFormatter(Formatter):
    """One JSON object per line, with the task that logged it. If the message is a JSON object, its fields win."""

    def format(self, record):
        timestamp = datetime.fromtimestamp(record.created, timezone.utc).isoformat().replace("+00:00", "Z")
        line = {"timestamp": timestamp, "level": record.levelname.lower(), "logger": record.name}
        line["pod"] = os.environ.get("HOSTNAME")
        request = current_task and current_task.request
        if request and request.id:
            queue = (request.delivery_info or {}).get("routing_key")
            line |= {"task": request.task, "task_id": request.id, "queue": queue, "attempt": request.retries + 1}
        event = text = record.getMessage()
        if text.startswith("{") and text.endswith("}"):
            try:
                event = json.loads(text)
            except ValueError:
                pass
        line |= event if isinstance(event, dict) else {"event": text}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def connect(env):
    """Installs the formatter if AUDIO_PROCESSOR_LOG_FORMAT, or without it the application's LOG_FORMAT, is `json`."""

    def set_formatter(logger, **_):
        for handler in logger.handlers:
            handler.setFormatter(JsonFormatter())

    if env.get("AUDIO_PROCESSOR_LOG_FORMAT", env.get("LOG_FORMAT")) == "json":
        signals.after_setup_logger.connect(set_formatter, weak=False)
        signals.after_setup_task_logger.connect(set_formatter, weak=False)
