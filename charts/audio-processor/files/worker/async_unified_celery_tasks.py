"""Stands where the application's `include` names a module that its image lacks. The tasks live in the one imported here."""

import src.unified_celery_tasks  # noqa: F401
