"""Loudness.

    RMS   = 20 · log10 √(mean x²)  and  peak = 20 · log10 max |x|      dBFS over all channels, floor -120 dB
    LUFS  = -0.691 + 10 · log10 Σ_channels mean y²                     y: x through the K-weighting of ITU-R BS.1770-4,
            averaged over blocks of 400 ms (75 % overlap), gated at -70 LUFS and at 10 LU below the mean so far

A sine of amplitude A has an RMS of A/√2, and at 997 Hz A dBFS - 3.01 LUFS. Silence reads -120 dB and -70 LUFS. Every
channel has the weight 1, surround channels too.
"""

from typing import Any

import numpy

from .recording import Recording

FLOOR_DB = -120.0
GATE_LUFS = -70.0
CHUNK_SECONDS, TAIL_SECONDS = 30, 1


def biquads(rate: int) -> tuple[tuple[numpy.ndarray, numpy.ndarray], ...]:
    """The two filters of the K-weighting, (b, a) each, for any rate: the standard's analogue prototypes, bilinear."""
    k, q = numpy.tan(numpy.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf_b = numpy.array([high + middle * k / q + k * k, 2 * (k * k - high), high - middle * k / q + k * k]) / a0
    shelf_a = numpy.array([a0, 2 * (k * k - 1), 1 - k / q + k * k]) / a0
    k, q = numpy.tan(numpy.pi * 38.13547087602444 / rate), 0.5003270373238773
    a0 = 1 + k / q + k * k
    pass_a = numpy.array([a0, 2 * (k * k - 1), 1 - k / q + k * k]) / a0
    return (shelf_b, shelf_a), (numpy.array([1.0, -2.0, 1.0]), pass_a)


def k_weight(samples: numpy.ndarray, rate: int) -> numpy.ndarray:
    """One channel through the K-weighting: chunks filtered in the frequency domain, their one-second tails added."""
    chunk, tail = CHUNK_SECONDS * rate, TAIL_SECONDS * rate
    out = numpy.zeros(len(samples) + tail)
    for start in range(0, len(samples), chunk):
        part = samples[start : start + chunk]
        size = len(part) + tail
        z = numpy.exp(-2j * numpy.pi * numpy.arange(size // 2 + 1) / size)
        response = numpy.ones(len(z), complex)
        for b, a in biquads(rate):
            response *= (b[0] + b[1] * z + b[2] * z * z) / (a[0] + a[1] * z + a[2] * z * z)
        out[start : start + size] += numpy.fft.irfft(numpy.fft.rfft(part, size) * response, size)
    return out[: len(samples)]


def integrated_lufs(channels: numpy.ndarray, rate: int) -> float:
    """Gated loudness; -70 when no block passes the gate. A recording under 400 ms is one block."""
    length = min(int(0.4 * rate), channels.shape[1])
    starts = numpy.arange(0, channels.shape[1] - length + 1, max(1, int(0.1 * rate)))
    energy = numpy.zeros(len(starts))
    for samples in channels:
        sums = numpy.concatenate([[0.0], numpy.cumsum(k_weight(samples, rate) ** 2)])
        energy += (sums[starts + length] - sums[starts]) / length
    loud = energy[energy > 10 ** ((GATE_LUFS + 0.691) / 10)]
    if len(loud) == 0:
        return GATE_LUFS
    loud = loud[loud > loud.mean() / 10]
    return float(-0.691 + 10 * numpy.log10(loud.mean()))


def decibels(amplitude: float) -> float:
    """20 · log10 with the floor."""
    return float(max(FLOOR_DB, 20 * numpy.log10(amplitude))) if amplitude > 0 else FLOOR_DB


class LoudnessExtractor:
    """RMS, peak and integrated loudness."""

    name = "loudness_extractor"
    version = "2.0.0"
    description = "RMS and peak in dBFS, integrated loudness in LUFS"
    available = True

    def run(self, recording: Recording) -> dict[str, Any]:
        """All in dB; `duration_seconds` and the number of channels beside them."""
        channels = recording.channels
        return {
            "rms_dbfs": decibels(numpy.sqrt(numpy.mean(channels**2))),
            "peak_dbfs": decibels(numpy.abs(channels).max()),
            "integrated_lufs": integrated_lufs(channels, recording.rate),
            "duration_seconds": channels.shape[1] / recording.rate,
            "channels": channels.shape[0],
        }
