"""The API: `uvicorn src.main:app --host 0.0.0.0 --port 8000`."""

import time
from datetime import datetime, timezone

from fastapi import FastAPI, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse, PlainTextResponse
from slowapi import _rate_limit_exceeded_handler
from slowapi.errors import RateLimitExceeded

from .celery_app import celery_app
from .config import get_settings
from .extractors import discover_extractors
from .health import health_checker
from .limits import limiter
from .monitor.metrics import get_metrics, metrics_collector
from .schemas.models import (
    ErrorResponse,
    HealthResponse,
    ProcessRequest,
    ProcessResponse,
    TaskStatus,
    TaskStatusResponse,
)
from .task_state import task_state
from .unified_api import router as unified_router
from .utils.clock import utc_now_z
from .utils.logging import get_logger, setup_logging

AUDIO_ENDINGS = (".wav", ".mp3", ".flac", ".m4a")
VIDEO_ENDINGS = (".mp4", ".avi", ".mov", ".mkv", ".wmv", ".flv", ".webm")

setup_logging()
logger = get_logger("src.main")
request_logger = get_logger("request")
settings = get_settings()
started = time.time()

app = FastAPI(title="AudioProcessor", description="Audio features of media files", version="1.0.0")
app.state.limiter = limiter
app.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)
app.add_middleware(
    CORSMiddleware,
    allow_origins=settings.cors_origins,
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)
app.include_router(unified_router)


@app.middleware("http")
async def observe_requests(request: Request, call_next):
    """Counts and logs every answered request; one that ends in an unhandled exception is neither."""
    begun = time.time()
    response = await call_next(request)
    seconds = time.time() - begun
    path = request.url.path
    metrics_collector.record_request(request.method, path, str(response.status_code), seconds)
    request_logger.info(
        "HTTP request processed",
        method=request.method,
        path=path,
        status_code=response.status_code,
        duration_ms=round(seconds * 1000, 2),
        correlation_id=request.headers.get("X-Correlation-ID"),
    )
    return response


@app.get("/")
async def root() -> dict[str, str]:
    """Static: depends on nothing, so it is the path of the probes."""
    return {"service": "AudioProcessor", "version": "1.0.0", "status": "running", "docs": "/docs"}


@app.get("/health", response_model=HealthResponse)
async def health():
    """All checks; 503 when one ran out of time."""
    outcome = await health_checker.check_all()
    if outcome["status"] == "unhealthy":
        raise HTTPException(status_code=503, detail="Service unhealthy")
    return HealthResponse(
        status=outcome["status"],
        timestamp=utc_now_z(),
        version="1.0.0",
        uptime=time.time() - started,
        dependencies={name: check["status"] for name, check in outcome["checks"].items()},
    )


@app.get("/health/detailed")
async def health_detailed():
    """All checks with their details; 200 even when unhealthy."""
    return await health_checker.check_all()


@app.get("/health/{check_name}")
async def health_of(check_name: str):
    """One check; 200 even when unhealthy."""
    try:
        return await health_checker.check_specific(check_name)
    except ValueError as error:
        raise HTTPException(status_code=404, detail=str(error)) from error


@app.get("/metrics")
async def metrics():
    """Prometheus' text format."""
    return PlainTextResponse(get_metrics(), media_type="text/plain")


@app.post("/process", response_model=ProcessResponse)
@limiter.limit("10/minute")
async def process(request: Request, process_request: ProcessRequest):
    """Sends one file to a worker. Publishing happens inside the event loop: without a broker the whole API blocks."""
    task_name, uri, message = _choose_task(process_request)
    try:
        task = celery_app.send_task(
            task_name,
            args=[process_request.video_id, uri],
            kwargs={
                "task_id": process_request.task_id,
                "dataset": process_request.dataset,
                "meta": process_request.meta,
            },
        )
    except Exception as error:
        logger.error("task_not_submitted", video_id=process_request.video_id, error=str(error))
        raise HTTPException(status_code=500, detail="Internal server error") from error
    # "audio_queue" also for videos, as in the application.
    metrics_collector.record_task("submitted", "audio_queue")
    logger.info("task_submitted", task_id=task.id, video_id=process_request.video_id)
    return ProcessResponse(accepted=True, celery_task_id=task.id, message=message)


def _choose_task(request: ProcessRequest) -> tuple[str, str, str]:
    kinds = (
        ("audio", request.audio_uri, AUDIO_ENDINGS, "src.celery_app.process_audio_task"),
        ("video", request.video_uri, VIDEO_ENDINGS, "src.celery_app.process_video_task"),
    )
    for kind, uri, endings, task_name in kinds:
        if not uri:
            continue
        if not uri.startswith("s3://") and not uri.endswith(endings):
            detail = f"Invalid {kind}_uri. Must be an S3 URI (s3://bucket/path) or local {kind} file"
            raise HTTPException(status_code=400, detail=detail)
        return task_name, uri, f"{kind.capitalize()} processing request accepted"
    raise HTTPException(status_code=400, detail="Either audio_uri or video_uri must be provided")


@app.get("/task/{task_id}", response_model=TaskStatusResponse)
async def task_status(task_id: str):
    """State of a task; 500 when Celery cannot read the stored result."""
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    state = task_state(task_id)
    try:
        return TaskStatusResponse(
            task_id=task_id, **{**state, "status": TaskStatus(state["status"])}, created_at=now, updated_at=now
        )
    except ValueError as error:
        # A result that is no object (simple_test_task) does not fit the answer's shape.
        raise HTTPException(status_code=500, detail="Internal server error") from error


@app.get("/extractors")
async def extractors():
    """Builds all extractors and lists them; each is called available, whether it exists here or not."""
    try:
        return {
            "extractors": [
                {
                    "name": one.name,
                    "version": one.version,
                    "description": one.description,
                    "status": "available",
                }
                for one in discover_extractors()
            ]
        }
    except Exception as error:
        logger.error("extractors_not_listed", error=str(error))
        raise HTTPException(status_code=500, detail="Internal server error") from error


@app.exception_handler(HTTPException)
async def http_error(request: Request, error: HTTPException):
    """Body of the application's own errors. Routing's 404 is Starlette's and keeps its form."""
    body = ErrorResponse(error=error.detail, timestamp=utc_now_z())
    return JSONResponse(status_code=error.status_code, content=body.model_dump())


@app.exception_handler(Exception)
async def unexpected_error(request: Request, error: Exception):
    """Anything else is a 500 in the same form."""
    logger.error("unhandled_exception", path=request.url.path, error=str(error))
    body = ErrorResponse(error="Internal server error", detail=str(error), timestamp=utc_now_z())
    return JSONResponse(status_code=500, content=body.model_dump())
