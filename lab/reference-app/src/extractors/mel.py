"""Mel bands.

    mel(f) = 2595 · log10(1 + f / 700)      64 triangles of height 1, their corners equally spaced in mel, 0 … rate / 2
    M[t, b] = Σ_k triangle_b(f_k) · P[t, k]      in dB: 10 · log10(max(M, 10⁻¹⁰)), so silence is -100 dB
"""

from typing import Any

import numpy

from .recording import Recording
from .spectrum import bin_frequencies, power_blocks

BANDS = 64
WINDOW, HOP = 2048, 512
FLOOR = 1e-10


def mel_corners(rate: int) -> numpy.ndarray:
    """Hz of the BANDS + 2 corners; band b rises from corner b, peaks at b + 1, ends at b + 2."""
    top = 2595 * numpy.log10(1 + rate / 2 / 700)
    return 700 * (10 ** (numpy.linspace(0, top, BANDS + 2) / 2595) - 1)


def mel_filters(rate: int) -> numpy.ndarray:
    """Weights of shape (BANDS, bins)."""
    corners = mel_corners(rate)
    frequencies = bin_frequencies(WINDOW, rate)
    low, peak, high = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    return numpy.clip(numpy.minimum((frequencies - low) / (peak - low), (high - frequencies) / (high - peak)), 0, None)


def mel_power(recording: Recording) -> numpy.ndarray:
    """M, shape (frames, BANDS)."""
    filters = mel_filters(recording.rate).T
    return numpy.concatenate([block @ filters for block in power_blocks(recording.mono, WINDOW, HOP)])


def decibels(power: numpy.ndarray) -> numpy.ndarray:
    """10 · log10 with the floor."""
    return 10 * numpy.log10(numpy.maximum(power, FLOOR))


class MelExtractor:
    """Mean level of each band, and the band with the most power."""

    name = "mel_extractor"
    version = "2.0.0"
    description = "Mean mel spectrum in dB (64 bands) and the strongest band"
    available = True

    def run(self, recording: Recording) -> dict[str, Any]:
        """`mean_db`: mean over the frames of each band's dB; `peak_band`: null for silence."""
        power = mel_power(recording)
        total = power.mean(axis=0)
        peak = int(total.argmax()) if total.max() > FLOOR else None
        return {
            "n_mels": BANDS,
            "sample_rate": recording.rate,
            "mean_db": decibels(power).mean(axis=0).tolist(),
            "peak_band": peak,
            "peak_hz": None if peak is None else float(mel_corners(recording.rate)[peak + 1]),
        }
