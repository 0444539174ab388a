"""Short-time spectra: Hann window, no padding around the recording, amplitude scale.

    P[t, k] = |Σ_n w[n] x[tH + n] e^(-2πikn/N)|² · (2 / Σ w)²      w[n] = ½ - ½ cos(2πn/N)

so that a sine of amplitude A in the middle of a bin has the power A² there.
"""

from collections.abc import Iterator

import numpy

BLOCK_FRAMES = 256


def power_blocks(samples: numpy.ndarray, size: int, hop: int) -> Iterator[numpy.ndarray]:
    """Blocks of shape (frames ≤ 256, size / 2 + 1): memory does not grow with the recording.

    A recording shorter than one window is filled up with zeros.
    """
    if len(samples) < size:
        samples = numpy.pad(samples, (0, size - len(samples)))
    window = 0.5 - 0.5 * numpy.cos(2 * numpy.pi * numpy.arange(size) / size)
    scale = (2 / window.sum()) ** 2
    frames = numpy.lib.stride_tricks.sliding_window_view(samples, size)[::hop]
    for start in range(0, len(frames), BLOCK_FRAMES):
        spectrum = numpy.fft.rfft(frames[start : start + BLOCK_FRAMES] * window)
        yield scale * (spectrum.real**2 + spectrum.imag**2)


def bin_frequencies(size: int, rate: int) -> numpy.ndarray:
    """Hz of each bin."""
    return numpy.arange(size // 2 + 1) * rate / size
