"""Makes the chart's module importable, as in a pod."""

import os
import sys
from pathlib import Path

import pytest

CHART = Path(__file__).parents[3] / "charts" / "audio-processor"
MODULE_DIRECTORY = CHART / "files" / "celery"
DRAIN = CHART / "files" / "worker" / "drain.sh"

sys.path.insert(0, str(MODULE_DIRECTORY))
# Shared by the tests of all Python folders.
sys.path.insert(0, str(Path(__file__).parents[1]))
# The package reads this when it is imported.
os.environ["AUDIO_PROCESSOR_VISIBILITY_TIMEOUT"] = "5400"


@pytest.fixture
def service(tmp_path):
    """A broker, and a way to start workers. Prints the end of their logs if the test fails."""
    from service import Service

    running = Service(tmp_path)
    yield running
    running.close()
    for log in sorted(tmp_path.glob("*.log")):
        print(f"--- {log.name}\n{log.read_text()[-6000:]}")
