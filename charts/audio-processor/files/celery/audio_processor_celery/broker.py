"""Connection settings of an external broker: verified TLS, and the master behind Sentinels.

The URLs in the Secret have only address and password. Everything else comes from the chart's values, so that a URL
needs no parameters. If a URL contradicts the values, the process does not start. Otherwise half of the release could
use another broker, or a connection that is not verified, and tasks would be lost silently.
"""

from ssl import CERT_REQUIRED
from urllib.parse import unquote, urlsplit

from redis.backoff import NoBackoff
from redis.retry import Retry

from . import publishing

TLS = "AUDIO_PROCESSOR_BROKER_TLS"
CHECK_HOSTNAME = "AUDIO_PROCESSOR_BROKER_CHECK_HOSTNAME"
CA = "AUDIO_PROCESSOR_BROKER_CA"
CERTIFICATE = "AUDIO_PROCESSOR_BROKER_CERTIFICATE"
KEY = "AUDIO_PROCESSOR_BROKER_KEY"
MASTER = "AUDIO_PROCESSOR_BROKER_MASTER"
SENTINEL_LOGIN = "AUDIO_PROCESSOR_BROKER_SENTINEL_LOGIN"

# Seconds until a Sentinel that does not answer is skipped. The API uses its shorter timeouts here too.
SENTINEL_TIMEOUTS = {"socket_connect_timeout": 5, "socket_timeout": 5}

BROKER_URL = "CELERY_BROKER_URL"
RESULT_URL = "CELERY_RESULT_BACKEND"


def tls(env, name):
    """Returns the TLS settings for the URL in the environment variable `name`; None for a connection without TLS.

    For kombu, `rediss://` without parameters is TLS without verification, and Celery's result backend rejects it. Here
    it is a verified connection. If the URL has `ssl_` parameters, only those apply, and this returns None.
    Raises ValueError if the URL contradicts `broker.external.tls`; the message does not contain the URL.
    """
    url = env.get(name, "")
    scheme = url.partition("://")[0]
    tls_enabled = bool(env.get(TLS))
    has_parameters = "ssl_" in url.partition("?")[2]
    if scheme not in ("rediss", "sentinel"):
        if tls_enabled and scheme == "redis":
            raise ValueError(f"{name} begins with redis:// and broker.external.tls.enabled is true: write rediss://")
        return None
    if tls_enabled and has_parameters:
        raise ValueError(f"{name} has ssl_ parameters beside broker.external.tls: take them out of the URL")
    if has_parameters or (scheme == "sentinel" and not tls_enabled):
        return None
    found = {"ssl_cert_reqs": CERT_REQUIRED, "ssl_check_hostname": env.get(CHECK_HOSTNAME) != "false"}
    files = {"ssl_ca_certs": CA, "ssl_certfile": CERTIFICATE, "ssl_keyfile": KEY}
    return found | {setting: env[variable] for setting, variable in files.items() if env.get(variable)}


def sentinel(env, name):
    """Returns the transport options for the Sentinel URL in the environment variable `name`; {} for another URL.

    Raises ValueError if the URL contradicts `broker.external.sentinel`; the message does not contain the URL.
    """
    master = env.get(MASTER)
    is_sentinel = env.get(name, "").startswith("sentinel://")
    if is_sentinel and not master:
        raise ValueError(f"{name} begins with sentinel://: set broker.external.sentinel.masterName")
    if not is_sentinel:
        if master and name == BROKER_URL:
            raise ValueError(f"{name} does not begin with sentinel://, but broker.external.sentinel.masterName is set")
        return {}
    timeouts = publishing.API_SOCKET_TIMEOUTS if publishing.is_api(env) else SENTINEL_TIMEOUTS
    connection = {"retry": Retry(NoBackoff(), 0), **timeouts}  # redis-py would retry for up to half a minute
    if env.get(SENTINEL_LOGIN):
        connection["password"] = unquote(urlsplit(env[name]).password or "")
    if tls_settings := tls(env, name):
        connection |= {"ssl": True, **tls_settings}
    return {"master_name": master, "sentinel_kwargs": connection}
