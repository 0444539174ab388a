"""What an extractor is."""

from typing import Any, Protocol

from .recording import Recording

NOT_AVAILABLE = "not available in the reference application"


class Extractor(Protocol):
    """Computes one family of features of one recording."""

    name: str
    version: str
    description: str
    available: bool

    def run(self, recording: Recording) -> dict[str, Any]:
        """Plain JSON values. Raises whatever is wrong with the recording."""


class NotAvailable:
    """An extractor of the application that needs models this image does not carry. It is listed, and never run."""

    version = "1.0.0"
    description = NOT_AVAILABLE
    available = False

    def __init__(self, name: str) -> None:
        self.name = name

    def run(self, recording: Recording) -> dict[str, Any]:
        """Always raises."""
        raise NotImplementedError(f"{self.name}: {NOT_AVAILABLE}")
