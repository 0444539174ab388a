"""Extractors, compared with closed-form results."""

import math

import numpy
import pytest
from sounds import RATE, sine, wav

from src.extractors import ORDER, discover_extractors
from src.extractors.chroma import NAMES, ChromaExtractor
from src.extractors.loudness import LoudnessExtractor
from src.extractors.mel import BANDS, MelExtractor, mel_corners
from src.extractors.mfcc import MfccExtractor, dct_matrix
from src.extractors.recording import Recording
from src.extractors.wav import WavError, read_wav


@pytest.fixture
def recording(tmp_path):
    """Makes a recording of channels: `recording(sine(440, 0.5))`."""

    def make(*channels, **options) -> Recording:
        path = tmp_path / "sound.wav"
        path.write_bytes(wav(*channels, **options))
        return Recording(str(path))

    return make


@pytest.mark.parametrize(
    ("bits", "kind", "extensible", "error"),
    [
        (8, "pcm", False, 2e-2),
        (16, "pcm", False, 1e-4),
        (16, "pcm", True, 1e-4),
        (24, "pcm", False, 1e-6),
        (32, "pcm", False, 1e-8),
        (32, "float", False, 1e-7),
        (32, "float", True, 1e-7),
        (64, "float", False, 1e-15),
    ],
)
def test_wav_format_is_decoded_channel_by_channel(tmp_path, bits, kind, extensible, error):
    left, right = sine(440, 0.5, 0.1), sine(1000, 0.25, 0.1)
    path = tmp_path / "a.wav"
    path.write_bytes(wav(left, right, bits=bits, kind=kind, extensible=extensible, rate=8000))
    samples, rate = read_wav(str(path))
    assert rate == 8000
    assert samples.shape == (2, len(left))
    assert numpy.abs(samples[0] - left).max() < error
    assert numpy.abs(samples[1] - right).max() < error


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"ID3 an mp3", "decodes WAV only"),
        (b"RIFF\0\0\0\0WAVE", "no fmt or no data"),
        (wav(sine(1, 1, 0.0)), "holds no sample"),
        (wav(sine(1, 1, 0.1))[:20] + b"\x06\x00" + wav(sine(1, 1, 0.1))[22:], "format 6 with 16 bit"),
    ],
)
def test_file_that_cannot_be_decoded_is_an_error_with_the_reason(tmp_path, content, message):
    (tmp_path / "bad.wav").write_bytes(content)
    with pytest.raises(WavError, match=message):
        read_wav(str(tmp_path / "bad.wav"))


@pytest.mark.parametrize("amplitude", [1.0, 0.5, 0.01])
def test_rms_of_a_sine_is_its_amplitude_over_root_two(recording, amplitude):
    found = LoudnessExtractor().run(recording(sine(440, amplitude)))
    assert found["rms_dbfs"] == pytest.approx(20 * math.log10(amplitude / math.sqrt(2)), abs=0.02)
    assert found["peak_dbfs"] == pytest.approx(20 * math.log10(amplitude), abs=0.02)
    assert found["duration_seconds"] == 2.0


def test_loudness_at_the_calibration_point_of_the_standard(recording):
    """997 Hz at 0 dBFS in one channel of 48 kHz is -3.01 LUFS; the same in two channels 3.01 LU more."""
    tone = sine(997, 1.0, 3.0, rate=48000)
    assert LoudnessExtractor().run(recording(tone, rate=48000))["integrated_lufs"] == pytest.approx(-3.01, abs=0.02)
    assert LoudnessExtractor().run(recording(tone, tone, rate=48000))["integrated_lufs"] == pytest.approx(0.0, abs=0.02)


def test_loudness_of_a_long_recording_has_no_chunk_artifacts(recording):
    """65 s, more than two chunks of the filter: as loud as a short one, within the error of the chunk borders."""
    long, short = (LoudnessExtractor().run(recording(sine(440, 0.5, s)))["integrated_lufs"] for s in (65, 5))
    assert long == pytest.approx(short, abs=0.005)


def test_integrated_loudness_ignores_pauses(recording):
    """Half silence lowers the RMS by 3 dB and the integrated loudness hardly at all."""
    tone = sine(997, 0.5, 5.0)
    full, half = (LoudnessExtractor().run(recording(s)) for s in (tone, numpy.concatenate([tone, 0 * tone])))
    assert half["rms_dbfs"] == pytest.approx(full["rms_dbfs"] - 3.01, abs=0.02)
    assert half["integrated_lufs"] == pytest.approx(full["integrated_lufs"], abs=0.15)


def test_silence_has_the_minimum_levels(recording):
    silence = recording(numpy.zeros(RATE))
    loudness = LoudnessExtractor().run(silence)
    assert (loudness["rms_dbfs"], loudness["peak_dbfs"], loudness["integrated_lufs"]) == (-120.0, -120.0, -70.0)
    mel = MelExtractor().run(silence)
    assert mel["mean_db"] == [-100.0] * BANDS
    assert (mel["peak_band"], mel["peak_hz"]) == (None, None)
    mfcc = MfccExtractor().run(silence)
    assert mfcc["mean"] == pytest.approx([-800.0] + [0.0] * 12, abs=1e-9)
    assert mfcc["std"] == pytest.approx([0.0] * 13, abs=1e-9)
    assert ChromaExtractor().run(silence) == {"mean": [0.0] * 12, "peak_class": None}


@pytest.mark.parametrize("band", [3, 10, 30, 50, 63])
def test_sine_in_the_middle_of_a_mel_band_peaks_in_that_band_at_its_level(recording, band):
    hz = mel_corners(RATE)[band + 1]
    found = MelExtractor().run(recording(sine(hz, 0.5)))
    assert found["peak_band"] == band
    assert found["peak_hz"] == pytest.approx(hz)
    # Leakage: the window spreads A² over neighbouring bins, together 1.5 · A², hence between -6 and -4.2 dB.
    assert -6.1 < found["mean_db"][band] < -4.2


@pytest.mark.parametrize(("hz", "band"), [(440, 10), (1000, 19)])
def test_tones_of_the_sample_file_peak_in_their_mel_bands(recording, hz, band):
    assert MelExtractor().run(recording(sine(hz, 0.5)))["peak_band"] == band


def test_mfcc_is_the_cosine_transform_of_the_mel_levels(recording):
    noise = recording(numpy.random.default_rng(1).uniform(-0.5, 0.5, 2 * RATE))
    mel, mfcc = MelExtractor().run(noise), MfccExtractor().run(noise)
    b = numpy.arange(BANDS)
    expected = [
        math.sqrt((1 if i == 0 else 2) / BANDS)
        * sum(numpy.array(mel["mean_db"]) * numpy.cos(math.pi * i * (b + 0.5) / BANDS))
        for i in range(13)
    ]
    assert mfcc["mean"] == pytest.approx(expected, abs=1e-9)
    assert max(mfcc["std"]) > 0.1


def test_cosine_transform_is_orthonormal():
    assert dct_matrix() @ dct_matrix().T == pytest.approx(numpy.eye(13), abs=1e-12)


@pytest.mark.parametrize(
    ("hz", "name"), [(440, "A"), (261.63, "C"), (1000, "B"), (466.16, "A#"), (55, "A"), (3520, "A"), (329.63, "E")]
)
def test_tone_has_its_chroma_class(recording, hz, name):
    found = ChromaExtractor().run(recording(sine(hz, 0.3)))
    assert found["peak_class"] == name
    assert found["mean"][NAMES.index(name)] == 1.0
    assert sorted(found["mean"])[-2] < 0.5


def test_major_chord_has_its_three_chroma_classes(recording):
    chord = sum(sine(440 * 2 ** (step / 12), 0.2, 3) for step in (-9, -5, -2))
    mean = ChromaExtractor().run(recording(chord))["mean"]
    assert sorted(sorted(NAMES, key=lambda name: -mean[NAMES.index(name)])[:3]) == ["C", "E", "G"]


def test_chroma_of_white_noise_is_proportional_to_the_class_widths(recording):
    noise = numpy.random.default_rng(1).uniform(-0.5, 0.5, 10 * RATE)
    mean = ChromaExtractor().run(recording(noise))["mean"]
    assert mean == pytest.approx([2 ** ((c - 11) / 12) for c in range(12)], abs=0.08)


def test_recording_shorter_than_a_window_is_analysed(recording):
    short = recording(sine(440, 0.5, 0.05))
    assert MelExtractor().run(short)["peak_band"] in (10, 11)
    assert LoudnessExtractor().run(short)["rms_dbfs"] == pytest.approx(-9.03, abs=0.1)


def test_extractors_are_22_in_the_order_of_the_application():
    extractors = discover_extractors()
    assert [one.name for one in extractors] == list(ORDER)
    assert len(set(ORDER)) == 22
    assert [one.name for one in extractors if one.available] == [
        "mfcc_extractor", "mel_extractor", "chroma_extractor", "loudness_extractor",
    ]  # fmt: skip
