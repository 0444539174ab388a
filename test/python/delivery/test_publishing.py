"""The `sent_at` header of a task, and how long the API waits for a broker that does not answer."""

import json
import signal
import socket
import subprocess
import sys
import time

import pytest
from service import QUEUE

SEND = """
import sys, time
from sample import app
for number in range(int(sys.argv[1])):
    begun = time.monotonic()
    try:
        app.send_task("work", args=("one", 0, "succeed"), ignore_result=number % 2 == 1)
    except Exception as error:
        print(type(error).__name__, end=" ")
    print(time.monotonic() - begun)
"""


def publish(service, times=1, **env):
    """Publishes from a process with the environment of the chart; returns its output lines."""
    command = [sys.executable, "-c", SEND, str(times)]
    done = subprocess.run(command, env=service.env(**env), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def api_wait(service, **env):
    """Seconds that the API waits for the result backend or for the broker, whichever is longer.

    The first attempt at each also imports modules. Of the others the minimum counts, because the machine may be busy.
    """
    lines = publish(service, 6, AUDIO_PROCESSOR_ROLE="api", **env)[2:]
    seconds = [float(line.split()[-1]) for line in lines]
    return max(min(seconds[0::2]), min(seconds[1::2]))


def test_published_task_has_the_time_in_its_sent_at_header(service):
    before = time.time()
    publish(service)
    message = json.loads(service.broker.client.lindex(QUEUE, 0))
    assert before < message["headers"]["sent_at"] < time.time()


@pytest.mark.slow
@pytest.mark.contract
def test_api_fails_within_a_second_if_the_broker_refuses_connections(service):
    service.broker.stop()
    assert api_wait(service) < 1


@pytest.mark.slow
def test_api_fails_fast_if_the_broker_does_not_answer(service):
    service.broker.process.send_signal(signal.SIGSTOP)
    try:
        assert api_wait(service) < 2.5
    finally:
        service.broker.process.send_signal(signal.SIGCONT)


@pytest.mark.slow
def test_api_fails_fast_if_no_connection_can_be_established(service):
    """A full backlog drops packets, like the address of a dead node."""
    service.broker.stop()
    with socket.socket() as hole:
        hole.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        hole.bind(("127.0.0.1", service.broker.port))
        hole.listen(0)
        waiting = []
        for _ in range(4):
            waiting.append(socket.socket())
            waiting[-1].setblocking(False)
            waiting[-1].connect_ex(("127.0.0.1", service.broker.port))
        try:
            assert api_wait(service) < 2.5
        finally:
            for one in waiting:
                one.close()


@pytest.mark.slow
def test_api_publishes_again_after_an_outage_without_a_restart(service):
    script = SEND + "\nprint('down'); sys.stdout.flush(); sys.stdin.readline()\n" + SEND.replace("import sys, time", "")
    service.broker.stop()
    with subprocess.Popen(
        [sys.executable, "-c", script, "1"],
        env=service.env(AUDIO_PROCESSOR_ROLE="api"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as api:
        while "down" not in api.stdout.readline():
            pass
        service.broker.start()
        out, _ = api.communicate("go\n", timeout=60)
    assert "Error" not in out
    assert service.broker.client.llen(QUEUE) == 1


@pytest.mark.parametrize(
    ("env", "max_retries"),
    [({}, "3"), ({"AUDIO_PROCESSOR_ROLE": "api"}, "0"), ({"AUDIO_PROCESSOR_POOL": "cpu"}, "None")],
)
def test_publish_retries_depend_on_the_kind_of_process(service, env, max_retries):
    script = "from sample import app; print(app.conf.task_publish_retry_policy['max_retries'])"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=service.env(**env), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == max_retries
