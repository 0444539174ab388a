"""Mel-frequency cepstral coefficients: the orthonormal DCT-II of the mel bands in dB, its first 13 coefficients.

    c[i] = s_i · Σ_b dB[b] · cos(π i (b + ½) / B)      s_0 = √(1/B), s_i = √(2/B)

The DCT is linear: the mean coefficients are the DCT of the mel extractor's `mean_db`.
"""

from typing import Any

import numpy

from .mel import BANDS, decibels, mel_power
from .recording import Recording

COEFFICIENTS = 13


def dct_matrix() -> numpy.ndarray:
    """Shape (COEFFICIENTS, BANDS)."""
    i = numpy.arange(COEFFICIENTS)[:, None]
    matrix = numpy.cos(numpy.pi * i * (numpy.arange(BANDS) + 0.5) / BANDS) * numpy.sqrt(2 / BANDS)
    matrix[0] /= numpy.sqrt(2)
    return matrix


class MfccExtractor:
    """Mean and standard deviation of each coefficient over the frames."""

    name = "mfcc_extractor"
    version = "3.0.0"
    description = "Mean and standard deviation of 13 mel-frequency cepstral coefficients"
    available = True

    def run(self, recording: Recording) -> dict[str, Any]:
        """`mean` and `std`, 13 numbers each."""
        coefficients = decibels(mel_power(recording)) @ dct_matrix().T
        return {
            "n_mfcc": COEFFICIENTS,
            "mean": coefficients.mean(axis=0).tolist(),
            "std": coefficients.std(axis=0).tolist(),
        }
