"""Chroma: power by pitch class, over eight whole octaves from C1 to just below C9.

    class(f) = round(12 · log2(f / 440 Hz) + 9) mod 12      0 = C … 9 = A … 11 = B
    chroma[c] = Σ_{k: class(f_k) = c} mean_t P[t, k], divided by the largest

Whole octaves give every class the same share of a logarithmic spectrum; white noise, which is flat in Hz, yields
2^((c - 11) / 12).
"""

from typing import Any

import numpy

from .recording import Recording
from .spectrum import bin_frequencies, power_blocks

NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
WINDOW, HOP = 8192, 2048
C1_HZ = 440 / 2 ** (45 / 12)
LOW_HZ = C1_HZ / 2 ** (1 / 24)
HIGH_HZ = LOW_HZ * 2**8
FLOOR = 1e-10


class ChromaExtractor:
    """The mean chroma vector and its strongest class."""

    name = "chroma_extractor"
    version = "3.0.0"
    description = "Mean power of the twelve pitch classes, strongest = 1"
    available = True

    def run(self, recording: Recording) -> dict[str, Any]:
        """`mean`: twelve numbers from C to B, all zero for silence; `peak_class`: a name, or null for silence."""
        total, frames = 0.0, 0
        for block in power_blocks(recording.mono, WINDOW, HOP):
            total = total + block.sum(axis=0)
            frames += len(block)
        frequencies = bin_frequencies(WINDOW, recording.rate)
        inside = (frequencies >= LOW_HZ) & (frequencies < HIGH_HZ)
        pitch = numpy.round(12 * numpy.log2(frequencies[inside] / 440) + 9).astype(int) % 12
        chroma = numpy.bincount(pitch, weights=(total / frames)[inside], minlength=12)
        strongest = chroma.max()
        if strongest <= FLOOR:
            return {"mean": [0.0] * 12, "peak_class": None}
        return {"mean": (chroma / strongest).tolist(), "peak_class": NAMES[int(chroma.argmax())]}
