"""How an external broker is reached: verified TLS, and the master behind Sentinels.

The URLs of the Secret say where and with which password; all else comes from the chart's values, so that a URL needs
no parameters. Where a URL contradicts the values, no process starts: with a broker that half of the release does not
use, or with a connection that nobody verifies, tasks would get lost without a word.
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

# Seconds until the next Sentinel is asked instead of one that does not answer; the API waits as briefly as for a broker.
PATIENCE = {"socket_connect_timeout": 5, "socket_timeout": 5}

BROKER_URL = "CELERY_BROKER_URL"
RESULT_URL = "CELERY_RESULT_BACKEND"


def tls(env, name):
    """Returns the TLS settings for the URL in the variable `name`, or None for a connection without TLS.

    kombu takes a bare `rediss://` for TLS that verifies nothing, and Celery's result store refuses it; here it means a
    verified connection. Parameters in the URL replace these settings as a whole.
    """
    url = env.get(name, "")
    scheme = url.partition("://")[0]
    wanted = bool(env.get(TLS))
    parameters = "ssl_" in url.partition("?")[2]
    if scheme not in ("rediss", "sentinel"):
        if wanted and scheme == "redis":
            raise ValueError(f"{name} begins with redis:// and broker.external.tls.enabled is true: write rediss://")
        return None
    if wanted and parameters:
        raise ValueError(f"{name} has ssl_ parameters beside broker.external.tls: take them out of the URL")
    if parameters or (scheme == "sentinel" and not wanted):
        return None
    found = {"ssl_cert_reqs": CERT_REQUIRED, "ssl_check_hostname": env.get(CHECK_HOSTNAME) != "false"}
    files = {"ssl_ca_certs": CA, "ssl_certfile": CERTIFICATE, "ssl_keyfile": KEY}
    return found | {setting: env[variable] for setting, variable in files.items() if env.get(variable)}


def sentinel(env, name):
    """Returns the transport options for the URL in the variable `name` that lead through Sentinels to the master."""
    master = env.get(MASTER)
    behind = env.get(name, "").startswith("sentinel://")
    if behind and not master:
        raise ValueError(f"{name} begins with sentinel://: set broker.external.sentinel.masterName")
    if not behind:
        if master and name == BROKER_URL:
            raise ValueError(f"{name} does not begin with sentinel://, but broker.external.sentinel.masterName is set")
        return {}
    patience = publishing.BRIEF if env.get(publishing.ROLE) == "api" else PATIENCE
    asking = {"retry": Retry(NoBackoff(), 0), **patience}  # redis-py's own retries take up to half a minute
    if env.get(SENTINEL_LOGIN):
        asking["password"] = unquote(urlsplit(env[name]).password or "")
    if secured := tls(env, name):
        asking |= {"ssl": True, **secured}
    return {"master_name": master, "sentinel_kwargs": asking}
