"""Replaces a module that the application's `include` names and its image lacks. Importing it registers the tasks."""

import src.unified_celery_tasks  # noqa: F401
