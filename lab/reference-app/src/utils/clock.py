"""Time stamps as the application writes them."""

from datetime import datetime, timezone


def utc_now() -> str:
    """ISO 8601 without zone, in UTC: what manifests and results hold."""
    return datetime.now(timezone.utc).replace(tzinfo=None).isoformat()


def utc_now_z() -> str:
    """The same with `Z`: what the API's answers hold."""
    return f"{utc_now()}Z"
