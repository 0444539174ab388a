"""One recording, decoded at most once per task."""

from functools import cached_property

import numpy

from .wav import read_wav


class Recording:
    """Samples at the file's own rate: no formula here needs a fixed one, so nothing is resampled."""

    def __init__(self, path: str) -> None:
        self.path = path

    @cached_property
    def _decoded(self) -> tuple[numpy.ndarray, int]:
        return read_wav(self.path)

    @property
    def channels(self) -> numpy.ndarray:
        """Shape (channels, n), full scale = 1.0."""
        return self._decoded[0]

    @property
    def rate(self) -> int:
        """Samples per second."""
        return self._decoded[1]

    @cached_property
    def mono(self) -> numpy.ndarray:
        """The mean of the channels."""
        return self.channels.mean(axis=0)
