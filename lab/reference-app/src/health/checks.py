"""Five checks, run at once. A check is unhealthy only when it runs out of time: every error counts as an answer.

So it is in the application: without Redis, S3 or MasterML `/health` stays healthy; a dependency that accepts and never
answers makes it 503. The system check measures for one second, hence every call takes at least that.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import boto3
import httpx
import psutil
import redis
from botocore.config import Config

from ..config import get_settings
from ..utils.logging import get_logger

logger = get_logger(__name__)
settings = get_settings()

Check = Callable[[], Awaitable[dict[str, Any]]]


async def _in_thread(function: Callable, *args) -> Any:
    return await asyncio.get_running_loop().run_in_executor(None, function, *args)


async def _redis() -> dict[str, Any]:
    # Only `redis://` is understood; `rediss://…` becomes a wrong URL, as in the application.
    client = redis.from_url(f"redis://{str(settings.celery_broker_url).removeprefix('redis://')}")
    try:
        await _in_thread(client.ping)
        info = await _in_thread(client.info)
    finally:
        client.close()
    return {
        "connected": True,
        "version": info.get("redis_version"),
        "uptime": info.get("uptime_in_seconds"),
        "memory_used": info.get("used_memory_human"),
        "connected_clients": info.get("connected_clients"),
    }


async def _s3() -> dict[str, Any]:
    client = boto3.client(
        "s3",
        endpoint_url=str(settings.s3_endpoint),
        aws_access_key_id=settings.s3_access_key,
        aws_secret_access_key=settings.s3_secret_key,
        region_name=settings.s3_region,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
    names = [bucket["Name"] for bucket in (await _in_thread(client.list_buckets)).get("Buckets", [])]
    return {
        "connected": True,
        "bucket_exists": settings.s3_bucket in names,
        "bucket_name": settings.s3_bucket,
        "total_buckets": len(names),
    }


async def _masterml() -> dict[str, Any]:
    async with httpx.AsyncClient(timeout=5.0) as client:
        # The settings' URL ends in a slash, so this requests `//health`.
        response = await client.get(f"{settings.masterml_url}/health")
    response.raise_for_status()
    answer = response.json()
    return {"connected": True, **{key: answer.get(key) for key in ("status", "version", "uptime")}}


async def _celery() -> dict[str, Any]:
    # Reproduces a defect of the application: the module is one package higher, so this import never works.
    from .celery_app import celery_app

    workers = await _in_thread(celery_app.control.inspect().active)
    return {"workers_active": len(workers or {})}


async def _system() -> dict[str, Any]:
    cpu = await _in_thread(psutil.cpu_percent, 1)
    memory, disk = psutil.virtual_memory(), psutil.disk_usage("/")
    return {
        "cpu_percent": cpu,
        "memory_percent": memory.percent,
        "memory_available_gb": memory.available / 1024**3,
        "disk_percent": disk.percent,
        "disk_free_gb": disk.free / 1024**3,
    }


class HealthChecker:
    """The checks by name, each with its time limit in seconds and what it answers after an error."""

    checks: dict[str, tuple[Check, float, dict[str, Any]]] = {
        "redis": (_redis, 3.0, {"connected": False}),
        "s3": (_s3, 10.0, {"connected": False}),
        "masterml": (_masterml, 5.0, {"connected": False}),
        "celery": (_celery, 5.0, {"workers_active": 0}),
        "system": (_system, 2.0, {}),
    }

    async def check_all(self) -> dict[str, Any]:
        """All checks at once; unhealthy if one is."""
        begun = time.time()
        names = list(self.checks)
        results = dict(zip(names, await asyncio.gather(*(self.check_specific(name) for name in names)), strict=True))
        unhealthy = any(result["status"] == "unhealthy" for result in results.values())
        return {
            "status": "unhealthy" if unhealthy else "healthy",
            "timestamp": time.time(),
            "duration": time.time() - begun,
            "checks": results,
        }

    async def check_specific(self, name: str) -> dict[str, Any]:
        """One check. Raises ValueError for an unknown name."""
        if name not in self.checks:
            raise ValueError(f"Unknown health check: {name}")
        check, limit, after_error = self.checks[name]
        begun = time.time()
        try:
            details = await asyncio.wait_for(_answer(check, after_error), timeout=limit)
            return {"status": "healthy", "duration": time.time() - begun, "details": details}
        except TimeoutError:
            logger.warning("health_check_timed_out", check=name, limit=limit)
            return {"status": "unhealthy", "duration": time.time() - begun, "error": "Timeout"}


async def _answer(check: Check, after_error: dict[str, Any]) -> dict[str, Any]:
    try:
        return await check()
    except Exception as error:
        return {**after_error, "error": str(error)}
