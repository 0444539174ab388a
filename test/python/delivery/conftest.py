"""Puts the chart's module where a pod would find it."""

import os
import sys
from pathlib import Path

CHART = Path(__file__).parents[3] / "charts" / "audio-processor"
MODULE_DIRECTORY = CHART / "files" / "celery"
DRAIN = CHART / "files" / "worker" / "drain.sh"

sys.path.insert(0, str(MODULE_DIRECTORY))
# The package reads it when it is imported, as it does in a pod.
os.environ["AUDIO_PROCESSOR_VISIBILITY_TIMEOUT"] = "5400"
