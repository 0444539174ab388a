"""The Celery application: configuration, routes of task names to queues, and the tasks by name.

The bodies are imported when a task runs: `celery inspect` and the API load this module without numpy or boto3.
"""

from celery import Celery

from .config import get_settings

settings = get_settings()

celery_app = Celery(
    "audio_processor",
    broker=str(settings.celery_broker_url),
    backend=str(settings.celery_result_backend),
    include=["src.celery_app", "src.async_unified_celery_tasks"],
)

celery_app.conf.update(
    task_serializer=settings.celery_task_serializer,
    result_serializer=settings.celery_result_serializer,
    accept_content=settings.celery_accept_content,
    timezone="UTC",
    enable_utc=settings.celery_enable_utc,
    task_time_limit=settings.task_time_limit,
    task_soft_time_limit=settings.worker_timeout,
    worker_prefetch_multiplier=1,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_disable_rate_limits=False,
    result_expires=3600,
    result_persistent=True,
    worker_send_task_events=True,
    task_send_sent_event=True,
    task_ignore_result=False,
    task_routes={
        "src.celery_app.process_audio_task": {"queue": "audio_queue"},
        "src.celery_app.process_audio_gpu_task": {"queue": "gpu_queue"},
        "src.celery_app.health_check_task": {"queue": "system_queue"},
        "src.celery_app.simple_test_task": {"queue": "audio_queue"},
        "src.async_unified_celery_tasks.async_unified_process_task": {"queue": "async_audio_queue"},
        "src.async_unified_celery_tasks.async_unified_batch_task": {"queue": "async_batch_queue"},
        "src.async_unified_celery_tasks.async_unified_process_video_task": {"queue": "async_gpu_queue"},
        "src.async_unified_celery_tasks.async_unified_process_audio_task": {"queue": "async_audio_queue"},
    },
    beat_schedule={
        "health-check-every-minute": {"task": "src.celery_app.health_check_task", "schedule": 60.0},
    },
)

# `retry_backoff` overrides the countdown: full jitter of 1, 2, 4 … seconds.
CPU_RETRIES = {
    "autoretry_for": (Exception,),
    "retry_kwargs": {"max_retries": 3, "countdown": 60},
    "retry_backoff": True,
    "retry_backoff_max": 600,
    "retry_jitter": True,
}
GPU_RETRIES = {**CPU_RETRIES, "retry_kwargs": {"max_retries": 2, "countdown": 120}, "retry_backoff_max": 1200}


@celery_app.task(bind=True, name="src.celery_app.process_audio_task", **CPU_RETRIES)
def process_audio_task(self, video_id: str, audio_uri: str, **options) -> dict:
    """Features of one audio file: S3 or local path in, manifest out. `options`: task_id, dataset, meta."""
    from .pipeline.audio import process_audio

    return process_audio(self, video_id, audio_uri, **options)


@celery_app.task(bind=True, name="src.celery_app.process_audio_gpu_task", **GPU_RETRIES)
def process_audio_gpu_task(self, video_id: str, audio_uri: str, **options) -> dict:
    """A simulation of GPU work, 4.0 s; no route of the API sends it."""
    from .pipeline.gpu import simulate_gpu

    return simulate_gpu(self, video_id, audio_uri, **options)


# `queue` counts for `.delay()` only: the API uses `send_task`, so videos land in the queue `celery`.
@celery_app.task(bind=True, name="src.celery_app.process_video_task", queue="audio_queue", **CPU_RETRIES)
def process_video_task(self, video_id: str, video_uri: str, **options) -> dict:
    """Features of a video's sound; the manifest stays in the working directory."""
    from .pipeline.video import process_video

    return process_video(self, video_id, video_uri, **options)


@celery_app.task(name="src.celery_app.health_check_task")
def health_check_task() -> dict:
    """A constant answer; beat sends it every minute."""
    from .utils.clock import utc_now

    return {"status": "healthy", "timestamp": utc_now(), "celery_workers": 1, "queue_length": 0}


@celery_app.task(name="src.celery_app.simple_test_task")
def simple_test_task(message: str) -> str:
    """Sleeps 2 s."""
    import time

    time.sleep(2)
    return f"Processed: {message}"
