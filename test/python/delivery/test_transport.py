"""Options of kombu's Redis transport: keys of unacknowledged messages, visibility timeout, socket timeouts."""

import os
import subprocess
import sys

import pytest
from audio_processor_celery import transport
from conftest import MODULE_DIRECTORY


def test_pool_has_its_own_keys_for_unacknowledged_messages():
    options = transport.options({"AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "5400", "AUDIO_PROCESSOR_POOL": "cpu"})
    assert {key: value for key, value in options.items() if "socket" not in key} == {
        "visibility_timeout": 5400,
        "unacked_key": "unacked:cpu",
        "unacked_index_key": "unacked_index:cpu",
        "unacked_mutex_key": "unacked_mutex:cpu",
    }


def test_client_without_a_pool_uses_kombus_default_keys():
    options = transport.options({"AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "10800"})
    assert {key for key in options if "socket" not in key} == {"visibility_timeout"}


def test_connection_to_a_dead_broker_times_out_within_a_minute():
    options = transport.options({"AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "10800"})
    assert options["socket_connect_timeout"] + options["socket_timeout"] < 60
    assert options["socket_keepalive"] is True


def test_visibility_timeout_with_a_lease_is_redeliver_after():
    env = {"AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "5400", "AUDIO_PROCESSOR_POOL": "cpu"}
    assert not transport.lease_requested(env)
    env["AUDIO_PROCESSOR_REDELIVER_AFTER"] = "900"
    assert transport.lease_requested(env)
    assert transport.options(env, lease_enabled=True)["visibility_timeout"] == 900
    assert transport.options(env)["visibility_timeout"] == 5400


@pytest.mark.parametrize("env", [{}, {"AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "1h"}])
def test_visibility_timeout_must_be_set_in_whole_seconds(env):
    with pytest.raises((KeyError, ValueError)):
        transport.options(env)


def load(script, **env):
    """Runs a script in a new process with the environment of the chart; returns its output."""
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


def test_celery_reads_the_settings_and_the_applications_own_take_precedence():
    script = """
from celery import Celery
app = Celery("audio_processor", broker="memory://")
app.conf.update(worker_prefetch_multiplier=1, task_acks_late=True)
options = app.conf.broker_transport_options
print(options["visibility_timeout"], options["unacked_key"], app.conf.beat_sync_every)
print(app.conf.result_backend_transport_options["visibility_timeout"])
print(app.conf.worker_prefetch_multiplier, app.conf.task_acks_late)
"""
    printed = load(script, AUDIO_PROCESSOR_VISIBILITY_TIMEOUT="5400", AUDIO_PROCESSOR_POOL="cpu")
    assert printed.splitlines() == ["5400 unacked:cpu 1", "5400", "1 True"]


def test_kombus_redis_transport_knows_every_option():
    script = """
from celery import Celery
from kombu.transport.redis import Channel
app = Celery("audio_processor", broker="redis://127.0.0.1:1/0")
known = Channel.from_transport_options
options = app.connection_for_read().transport_options
print(all(name in known for name in options), options["unacked_index_key"])
"""
    printed = load(script, AUDIO_PROCESSOR_VISIBILITY_TIMEOUT="5400", AUDIO_PROCESSOR_POOL="gpu")
    assert printed == "True unacked_index:gpu"
