"""Request limits: in memory, per process and per client address (`X-Forwarded-For` only as far as uvicorn trusts it)."""

from slowapi import Limiter
from slowapi.util import get_remote_address

limiter = Limiter(key_func=get_remote_address)
