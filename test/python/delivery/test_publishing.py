"""What is sent with a task, and how long the API waits for a broker that does not answer."""

import json
import signal
import socket
import subprocess
import sys
import time

import pytest
from service import QUEUE, Service

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


def send(service, times=1, **env):
    """Sends from a process as the chart starts it; gives its lines."""
    command = [sys.executable, "-c", SEND, str(times)]
    done = subprocess.run(command, env=service.env(**env), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def waited(service, **env):
    """Seconds that the API waits, for the result store or for the queue, whichever is longer. The first attempt at each
    also loads modules, and a busy machine may hold one up: of the others the shortest counts."""
    lines = send(service, 6, AUDIO_PROCESSOR_ROLE="api", **env)[2:]
    seconds = [float(line.split()[-1]) for line in lines]
    return max(min(seconds[0::2]), min(seconds[1::2]))


def test_a_task_carries_the_time_at_which_it_was_sent(service):
    before = time.time()
    send(service)
    message = json.loads(service.broker.client.lindex(QUEUE, 0))
    assert before < message["headers"]["sent_at"] < time.time()


@pytest.mark.contract
def test_the_api_gives_up_a_broker_that_refuses(service):
    service.broker.stop()
    assert waited(service) < 1


def test_the_api_gives_up_a_broker_that_is_silent(service):
    service.broker.process.send_signal(signal.SIGSTOP)
    try:
        assert waited(service) < 2.5
    finally:
        service.broker.process.send_signal(signal.SIGCONT)


def test_the_api_gives_up_a_broker_behind_a_black_hole(service):
    """A full backlog drops what comes, as the address of a dead node does."""
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
            assert waited(service) < 2.5
        finally:
            for one in waiting:
                one.close()


def test_the_api_sends_again_when_the_broker_is_back(service):
    """One process through the whole outage."""
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


def test_other_processes_keep_celerys_patience(tmp_path):
    running = Service(tmp_path)
    try:
        settings = "from sample import app; print(app.conf.task_publish_retry_policy['max_retries'])"
        command = [sys.executable, "-c", settings]
        for env, most in (({}, "3"), ({"AUDIO_PROCESSOR_ROLE": "api"}, "0"), ({"AUDIO_PROCESSOR_POOL": "cpu"}, "None")):
            done = subprocess.run(command, env=running.env(**env), capture_output=True, text=True, check=True)
            assert done.stdout.strip() == most
    finally:
        running.close()
