"""Shapes of requests, answers and manifests."""
