"""Sounds for the tests: numpy arrays, and WAV files of them in any of the formats that can be decoded."""

import struct

import numpy

RATE = 22050


def sine(hz: float, amplitude: float, seconds: float = 2.0, rate: int = RATE) -> numpy.ndarray:
    """amplitude · sin(2π · hz · t)."""
    return amplitude * numpy.sin(2 * numpy.pi * hz * numpy.arange(round(seconds * rate)) / rate)


def wav(*channels: numpy.ndarray, rate: int = RATE, bits: int = 16, kind: str = "pcm", extensible: bool = False) -> bytes:
    """A RIFF/WAVE file of the given channels, with an odd-sized LIST chunk before the samples, as audio editors write."""
    samples = numpy.stack(channels, axis=1).reshape(-1)
    if kind == "float":
        body = samples.astype(f"<f{bits // 8}").tobytes()
    elif bits == 8:
        body = numpy.round(samples * 127 + 128).astype("u1").tobytes()
    elif bits == 24:
        words = numpy.round(samples * (2**23 - 1)).astype("<i4")
        body = words.view("u1").reshape(-1, 4)[:, :3].tobytes()
    else:
        body = numpy.round(samples * (2 ** (bits - 1) - 1)).astype(f"<i{bits // 8}").tobytes()
    code = 3 if kind == "float" else 1
    block = len(channels) * bits // 8
    header = struct.pack("<HHIIHH", 0xFFFE if extensible else code, len(channels), rate, rate * block, block, bits)
    if extensible:
        header += struct.pack("<HHIH", 22, bits, 0, code) + bytes(14)
    extra = b"LIST" + struct.pack("<I", 3) + b"abc\0"
    chunks = b"fmt " + struct.pack("<I", len(header)) + header + extra + b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks
