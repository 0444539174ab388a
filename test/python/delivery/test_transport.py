"""Where unacknowledged tasks are kept, and for how long."""

import os
import subprocess
import sys

import pytest
from audio_processor_celery import transport
from conftest import MODULE_DIRECTORY


def test_a_pool_keeps_its_tasks_under_its_own_keys():
    options = transport.options({"AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "5400", "AUDIO_PROCESSOR_POOL": "cpu"})
    assert {key: value for key, value in options.items() if "socket" not in key} == {
        "visibility_timeout": 5400,
        "unacked_key": "unacked:cpu",
        "unacked_index_key": "unacked_index:cpu",
        "unacked_mutex_key": "unacked_mutex:cpu",
    }


def test_a_client_without_pool_keeps_kombus_own_keys():
    options = transport.options({"AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "10800"})
    assert {key for key in options if "socket" not in key} == {"visibility_timeout"}


def test_nobody_waits_for_ever_for_a_broker_that_died_without_a_word():
    options = transport.options({"AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "10800"})
    assert options["socket_connect_timeout"] + options["socket_timeout"] < 60
    assert options["socket_keepalive"] is True


def test_under_a_lease_the_timeout_is_that_of_the_lease():
    env = {"AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "5400", "AUDIO_PROCESSOR_POOL": "cpu"}
    assert not transport.leased(env)
    env["AUDIO_PROCESSOR_REDELIVER_AFTER"] = "900"
    assert transport.leased(env)
    assert transport.options(env, renewed=True)["visibility_timeout"] == 900
    assert transport.options(env)["visibility_timeout"] == 5400


@pytest.mark.parametrize("env", [{}, {"AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "1h"}])
def test_without_a_timeout_in_seconds_the_process_does_not_start(env):
    with pytest.raises((KeyError, ValueError)):
        transport.options(env)


def load(script, **env):
    """Runs a script in a fresh process that was started as the chart starts one."""
    result = subprocess.run(
        [sys.executable, "-c", script],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(MODULE_DIRECTORY),
            "CELERY_CONFIG_MODULE": "audio_processor_celery",
            **env,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_celery_takes_the_settings_under_the_applications_own():
    script = """
from celery import Celery
app = Celery("audio_processor", broker="memory://")
app.conf.update(worker_prefetch_multiplier=1, task_acks_late=True)
options = app.conf.broker_transport_options
print(options["visibility_timeout"], options["unacked_key"], app.conf.beat_sync_every)
print(app.conf.result_backend_transport_options["visibility_timeout"])
print(app.conf.worker_prefetch_multiplier, app.conf.task_acks_late)
"""
    seen = load(script, AUDIO_PROCESSOR_VISIBILITY_TIMEOUT="5400", AUDIO_PROCESSOR_POOL="cpu")
    assert seen.splitlines() == ["5400 unacked:cpu 1", "5400", "1 True"]


def test_kombus_redis_transport_takes_over_the_options():
    script = """
from celery import Celery
from kombu.transport.redis import Channel
app = Celery("audio_processor", broker="redis://127.0.0.1:1/0")
taken = Channel.from_transport_options
options = app.connection_for_read().transport_options
print(all(name in taken for name in options), options["unacked_index_key"])
"""
    seen = load(script, AUDIO_PROCESSOR_VISIBILITY_TIMEOUT="5400", AUDIO_PROCESSOR_POOL="gpu")
    assert seen == "True unacked_index:gpu"
