"""Replaces a module that the application's `include` names and its image lacks. It registers the tasks imported here."""

import src.unified_celery_tasks  # noqa: F401
