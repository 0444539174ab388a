"""The tasks' bodies: from a file to a manifest."""
