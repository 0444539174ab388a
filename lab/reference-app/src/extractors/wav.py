"""Decodes WAV: PCM of 8, 16, 24 or 32 bit and float of 32 or 64 bit, any rate, any number of channels.

The standard library's `wave` knows neither float nor the extensible header, hence this reader.
"""

import struct
from pathlib import Path

import numpy

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE


class WavError(ValueError):
    """Not a WAV file that this module can decode; the message has what was found."""


def read_wav(path: str) -> tuple[numpy.ndarray, int]:
    """Samples as float64 of shape (channels, n), full scale = 1.0, and the sample rate in Hz."""
    data = Path(path).read_bytes()
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise WavError(f"{Path(path).name}: no RIFF/WAVE header; the reference application decodes WAV only")
    chunks = dict(_chunks(data))
    if b"fmt " not in chunks or b"data" not in chunks:
        raise WavError(f"{Path(path).name}: has no fmt or no data chunk")
    header = chunks[b"fmt "]
    code, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", header)
    if code == EXTENSIBLE:
        (code,) = struct.unpack_from("<H", header, 24)
    if channels == 0 or rate == 0:
        raise WavError(f"{Path(path).name}: {channels} channels at {rate} Hz")
    flat = _samples(chunks[b"data"], code, bits, Path(path).name)
    whole = len(flat) // channels * channels
    if whole == 0:
        raise WavError(f"{Path(path).name}: holds no sample")
    return flat[:whole].reshape(-1, channels).T, rate


def _chunks(data: bytes):
    position = 12
    while position + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, position)
        yield name, data[position + 8 : position + 8 + size]
        position += 8 + size + size % 2


def _samples(raw: bytes, code: int, bits: int, name: str) -> numpy.ndarray:
    width = bits // 8
    raw = raw[: len(raw) // max(width, 1) * max(width, 1)]
    if code == FLOAT and bits in (32, 64):
        return numpy.frombuffer(raw, f"<f{width}").astype(float)
    if code == PCM and bits == 8:
        return (numpy.frombuffer(raw, "u1").astype(float) - 128) / 128
    if code == PCM and bits in (16, 32):
        return numpy.frombuffer(raw, f"<i{width}") / 2.0 ** (bits - 1)
    if code == PCM and bits == 24:
        padded = numpy.zeros((len(raw) // 3, 4), "u1")
        padded[:, 1:] = numpy.frombuffer(raw, "u1").reshape(-1, 3)
        return padded.view("<i4")[:, 0] / 2.0**31
    raise WavError(f"{name}: WAV format {code} with {bits} bit is not decoded here")
