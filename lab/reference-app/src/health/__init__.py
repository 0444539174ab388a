"""Health checks behind `/health`."""

from .checks import HealthChecker

health_checker = HealthChecker()
