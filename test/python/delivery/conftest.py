"""Puts the chart's module where a pod would find it."""

import os
import sys
from pathlib import Path

import pytest

CHART = Path(__file__).parents[3] / "charts" / "audio-processor"
MODULE_DIRECTORY = CHART / "files" / "celery"
DRAIN = CHART / "files" / "worker" / "drain.sh"

sys.path.insert(0, str(MODULE_DIRECTORY))
# What the tests of all Python folders share.
sys.path.insert(0, str(Path(__file__).parents[1]))
# The package reads it when it is imported, as it does in a pod.
os.environ["AUDIO_PROCESSOR_VISIBILITY_TIMEOUT"] = "5400"


def pytest_configure(config):
    config.addinivalue_line("markers", "contract: also run under every other Celery that the lease knows")


@pytest.fixture
def service(tmp_path):
    """A broker and no worker yet; shows the workers' logs when a test fails."""
    from service import Service

    running = Service(tmp_path)
    yield running
    running.close()
    for log in sorted(tmp_path.glob("*.log")):
        print(f"--- {log.name}\n{log.read_text()[-6000:]}")
