"""Reference application: the audio processor's contract with few but real extractors."""
