"""The module that Celery's `include` names. The tasks live in `unified_celery_tasks`, under both modules' names."""

from . import unified_celery_tasks  # noqa: F401
