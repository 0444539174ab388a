"""Celery: configuration, names, queues, retries."""

import pytest

import src.async_unified_celery_tasks  # noqa: F401
from src.celery_app import celery_app


def test_configuration_set_by_the_application():
    conf = celery_app.conf
    assert celery_app.main == "audio_processor"
    assert conf.include == ["src.celery_app", "src.async_unified_celery_tasks"]
    assert {
        name: conf[name]
        for name in (
            "task_serializer", "result_serializer", "accept_content", "timezone", "enable_utc", "task_time_limit",
            "task_soft_time_limit", "worker_prefetch_multiplier", "task_acks_late", "task_reject_on_worker_lost",
            "worker_disable_rate_limits", "result_expires", "result_persistent", "worker_send_task_events",
            "task_send_sent_event", "task_ignore_result",
        )
    } == {
        "task_serializer": "json",
        "result_serializer": "json",
        "accept_content": ["json"],
        "timezone": "UTC",
        "enable_utc": True,
        "task_time_limit": 3600,
        "task_soft_time_limit": 3600,
        "worker_prefetch_multiplier": 1,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_disable_rate_limits": False,
        "result_expires": 3600,
        "result_persistent": True,
        "worker_send_task_events": True,
        "task_send_sent_event": True,
        "task_ignore_result": False,
    }  # fmt: skip


def test_settings_left_to_a_mounted_config_module_have_celerys_defaults():
    conf = celery_app.conf
    assert conf.broker_transport_options == {}
    assert (conf.task_default_queue, conf.task_track_started, conf.worker_soft_shutdown_timeout) == ("celery", False, 0.0)


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("src.celery_app.process_audio_task", "audio_queue"),
        ("src.celery_app.simple_test_task", "audio_queue"),
        ("src.celery_app.process_audio_gpu_task", "gpu_queue"),
        ("src.celery_app.health_check_task", "system_queue"),
        ("src.celery_app.process_video_task", "celery"),
        ("src.unified_celery_tasks.async_unified_process_task", "celery"),
        ("src.unified_celery_tasks.async_unified_batch_task", "celery"),
        ("src.unified_celery_tasks.async_unified_process_audio_task", "celery"),
        ("src.async_unified_celery_tasks.async_unified_process_task", "async_audio_queue"),
        ("src.async_unified_celery_tasks.async_unified_batch_task", "async_batch_queue"),
        ("src.async_unified_celery_tasks.async_unified_process_audio_task", "async_audio_queue"),
        ("src.async_unified_celery_tasks.async_unified_process_video_task", "async_gpu_queue"),
    ],
)
def test_task_name_is_routed_to_its_queue(task, queue):
    """As `send_task` does: by name alone, without the task's own options."""
    route = celery_app.amqp.router.route({}, task)
    assert getattr(route.get("queue"), "name", None) == queue


def test_registered_task_names():
    assert {name for name in celery_app.tasks if name.startswith("src.")} == {
        "src.celery_app.process_audio_task",
        "src.celery_app.process_audio_gpu_task",
        "src.celery_app.process_video_task",
        "src.celery_app.health_check_task",
        "src.celery_app.simple_test_task",
        "src.unified_celery_tasks.async_unified_process_task",
        "src.unified_celery_tasks.async_unified_batch_task",
        "src.async_unified_celery_tasks.async_unified_process_audio_task",
        "src.async_unified_celery_tasks.async_unified_process_video_task",
    }


@pytest.mark.parametrize(
    ("task", "retries", "longest"),
    [("process_audio_task", 3, 600), ("process_video_task", 3, 600), ("process_audio_gpu_task", 2, 1200)],
)
def test_task_has_its_retry_policy(task, retries, longest):
    found = celery_app.tasks[f"src.celery_app.{task}"]
    assert found.autoretry_for == (Exception,)
    assert found.retry_kwargs["max_retries"] == retries
    assert (found.retry_backoff, found.retry_backoff_max, found.retry_jitter) == (True, longest, True)


def test_beat_publishes_one_task_a_minute():
    assert celery_app.conf.beat_schedule == {
        "health-check-every-minute": {"task": "src.celery_app.health_check_task", "schedule": 60.0}
    }
