"""The 22 extractors by name, in the application's order. Four exist here; see README.md."""

from .base import Extractor, NotAvailable
from .chroma import ChromaExtractor
from .loudness import LoudnessExtractor
from .mel import MelExtractor
from .mfcc import MfccExtractor

ORDER = (
    "mfcc_extractor",
    "mel_extractor",
    "chroma_extractor",
    "loudness_extractor",
    "vad_extractor",
    "clap_extractor",
    "asr_extractor",
    "pitch",
    "spectral_extractor",
    "tempo",
    "quality",
    "onset",
    "speaker_diarization",
    "voice_quality",
    "emotion_recognition",
    "phoneme_analysis",
    "advanced_spectral_extractor",
    "music_analysis",
    "source_separation",
    "sound_event_detection",
    "rhythmic_analysis",
    "advanced_embeddings_extractor",
)


def discover_extractors() -> list[Extractor]:
    """Builds all of them; one that cannot be built fails `/extractors` and every task."""
    real = {one.name: one for one in (MfccExtractor(), MelExtractor(), ChromaExtractor(), LoudnessExtractor())}
    return [real.get(name) or NotAvailable(name) for name in ORDER]
