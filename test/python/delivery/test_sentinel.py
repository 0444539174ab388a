"""A master behind a Sentinel: real Celery, a real failover."""

import signal
import subprocess

import pytest
import redis
from service import Broker, free_port, server
from test_publishing import waited
from waiting import wait_for


class Sentinel:
    """One Sentinel over a master, and the replica that takes its place."""

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
        asked = redis.Redis(port=port)
        wait_for("the Sentinel", lambda: knows_replica(asked))
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


def knows_replica(asked):
    try:
        return asked.sentinel_slaves("main")
    except redis.exceptions.ConnectionError:
        return False


@pytest.fixture
def sentinel(service):
    running = Sentinel(service.directory, service.broker)
    yield running
    running.close()


def test_a_failover_runs_nothing_twice_and_the_queue_moves_on(service, sentinel):
    service.worker("a", **sentinel.env)
    service.send("long", 12)
    service.until_started("long")
    wait_for("the replica to know what is held", lambda: sentinel.replica.held() == 1)
    lost, service.broker = service.broker, sentinel.replica
    lost.process.kill()
    lost.process.wait()
    wait_for("the failover", sentinel.is_master)
    service.send("next")
    service.until_settled("long", "next", seconds=60)
    assert (service.runs("long"), service.runs("next")) == ((1, 1), (1, 1))


def test_the_api_gives_up_a_sentinel_that_is_silent(service, sentinel):
    sentinel.process.send_signal(signal.SIGSTOP)
    assert waited(service, **sentinel.env) < 2.5
