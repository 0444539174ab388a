"""A master behind a Sentinel: real Celery, a real failover."""

import signal
import subprocess

import pytest
import redis
from service import Broker, free_port, server
from test_publishing import api_wait
from waiting import wait_for


class Sentinel:
    """One Sentinel that monitors a master and its replica."""

    def __init__(self, directory, master):
        replica = directory / "replica"
        replica.mkdir()
        self.replica = Broker(replica)
        self.replica.start()
        self.replica.client.replicaof("127.0.0.1", master.port)
        port = free_port()
        config = directory / "sentinel.conf"
        config.write_text(
            f"port {port}\nbind 127.0.0.1\nsentinel monitor main 127.0.0.1 {master.port} 1\n"
            "sentinel down-after-milliseconds main 1000\n"
        )
        self.process = subprocess.Popen([server(), config, "--sentinel"], cwd=directory, stdout=subprocess.DEVNULL)
        client = redis.Redis(port=port)
        wait_for("the Sentinel to discover the replica", lambda: has_replica(client))
        url = f"sentinel://127.0.0.1:{port}/0"
        self.env = {
            "BROKER": url,
            "CELERY_BROKER_URL": url,
            "CELERY_RESULT_BACKEND": url,
            "AUDIO_PROCESSOR_BROKER_MASTER": "main",
        }

    def is_master(self):
        return self.replica.client.info("replication")["role"] == "master"

    def close(self):
        for process in (self.process, self.replica.process):
            process.kill()
            process.wait()


def has_replica(client):
    try:
        return client.sentinel_slaves("main")
    except redis.exceptions.ConnectionError:
        return False


@pytest.fixture
def sentinel(service):
    running = Sentinel(service.directory, service.broker)
    yield running
    running.close()


@pytest.mark.slow
def test_failover_runs_no_task_twice_and_the_worker_continues(service, sentinel):
    service.worker("a", **sentinel.env)
    service.send("long", 12)
    service.wait_until_started("long")
    wait_for("the replica to have the unacknowledged message", lambda: sentinel.replica.unacked() == 1)
    old_master, service.broker = service.broker, sentinel.replica
    old_master.process.kill()
    old_master.process.wait()
    wait_for("the failover", sentinel.is_master)
    service.send("next")
    service.wait_until_acknowledged("long", "next", seconds=60)
    assert (service.runs("long"), service.runs("next")) == ((1, 1), (1, 1))


@pytest.mark.slow
def test_api_fails_fast_if_the_sentinel_does_not_answer(service, sentinel):
    sentinel.process.send_signal(signal.SIGSTOP)
    assert api_wait(service, **sentinel.env) < 2.5
