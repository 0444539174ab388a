"""`meta: {"lab": {…}}`: what one task does besides its work."""

import os
import re
import signal
import time
from dataclasses import dataclass, field

import numpy

SLICE_SECONDS = 0.1
MIB_IN_FLOATS = 1024 * 1024 // 8


class OrderedFailure(Exception):
    """The task fails because its `meta` requests it."""


@dataclass(frozen=True)
class LabOrder:
    """One task's order, checked. Field names are those of the JSON object."""

    seconds: float = 0.0
    """Minimum duration of the task, spread over its steps."""
    fail: str | None = None
    """`times:N`: the first N attempts fail before the application's own error handling, so a later one can succeed.
    `always`: every attempt fails inside it and makes its result unreadable. `crash`: the process kills itself."""
    allocate_mib: int = 0
    """Memory that is allocated and written until the task ends, MiB."""
    burn_cpu: bool = False
    """Compute instead of sleeping."""
    ledger: bool = False
    """Write start and end of every attempt to S3."""
    fail_extractors: tuple[str, ...] = ()
    """Names of extractors that report failure."""
    _held: list = field(default_factory=list, compare=False, repr=False)

    @staticmethod
    def from_meta(meta: dict | None) -> "LabOrder":
        """Reads `meta["lab"]`; without it nothing is requested. Raises ValueError for an unknown key or an invalid value."""
        given = (meta or {}).get("lab")
        if given is None:
            return LabOrder()
        if not isinstance(given, dict):
            raise ValueError(f"meta.lab must be an object, not {given!r}")
        names = {
            "seconds": "seconds",
            "fail": "fail",
            "allocateMiB": "allocate_mib",
            "burnCpu": "burn_cpu",
            "ledger": "ledger",
            "failExtractors": "fail_extractors",
        }
        unknown = sorted(set(given) - set(names))
        if unknown:
            raise ValueError(f"meta.lab has unknown keys {unknown}; known are {sorted(names)}")
        values = {names[key]: value for key, value in given.items()}
        LabOrder._check(values)
        values["fail_extractors"] = tuple(values.get("fail_extractors", ()))
        return LabOrder(**values)

    @staticmethod
    def _check(values: dict) -> None:
        for name in ("seconds", "allocate_mib"):
            value = values.get(name, 0)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
                raise ValueError(f"meta.lab: {name} must be a number of at least 0, not {value!r}")
        for name in ("burn_cpu", "ledger"):
            if not isinstance(values.get(name, False), bool):
                raise ValueError(f"meta.lab: {name} must be true or false, not {values[name]!r}")
        fail = values.get("fail")
        if fail is not None and not re.fullmatch(r"always|crash|times:\d+", str(fail)):
            raise ValueError(f"meta.lab: fail must be always, crash or times:N, not {fail!r}")
        extractors = values.get("fail_extractors", [])
        if not isinstance(extractors, list) or not all(isinstance(name, str) for name in extractors):
            raise ValueError(f"meta.lab: fail_extractors must be a list of names, not {extractors!r}")

    def fail_before(self, attempt: int) -> None:
        """For `times:N`: raises in the attempts 1 … N, before the application's own error handling."""
        if self.fail is not None and self.fail.startswith("times:") and attempt <= int(self.fail[6:]):
            raise OrderedFailure(f"attempt {attempt} fails as ordered ({self.fail})")

    def fail_inside(self) -> None:
        """For `always` raises, for `crash` kills this process, as an out-of-memory kill does."""
        if self.fail == "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.fail == "always":
            raise OrderedFailure("fails as ordered (always)")

    def allocate(self) -> None:
        """Allocates the requested memory, 16 MiB at a time, and writes to every page of it."""
        for start in range(0, int(self.allocate_mib), 16):
            size = min(16, int(self.allocate_mib) - start)
            self._held.append(numpy.ones(size * MIB_IN_FLOATS))

    def release(self) -> None:
        """Frees the memory."""
        self._held.clear()

    def work_until(self, deadline: float) -> None:
        """Sleeps or computes until `deadline` (time.monotonic), in small slices: signals and limits act as in real work."""
        block = numpy.ones((64, 64))
        while (left := deadline - time.monotonic()) > 0:
            if self.burn_cpu:
                numpy.linalg.qr(block)
            else:
                time.sleep(min(SLICE_SECONDS, left))
