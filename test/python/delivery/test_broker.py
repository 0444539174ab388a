"""How an external broker is reached: the settings, and that Celery takes them from the module."""

import json
import ssl

import pytest
from audio_processor_celery import broker
from redis.retry import Retry
from test_transport import load

CA = {"AUDIO_PROCESSOR_BROKER_TLS": "true", "AUDIO_PROCESSOR_BROKER_CA": "/ca.crt"}
VERIFIED = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True}


def tls(url, **env):
    return broker.tls({"CELERY_BROKER_URL": url, **env}, broker.BROKER_URL)


def sentinel(url, **env):
    return broker.sentinel({"CELERY_BROKER_URL": url, **env}, broker.BROKER_URL)


def test_a_plain_url_has_no_tls():
    assert tls("redis://:pw@host:6379/0") is None


def test_a_bare_rediss_is_verified_by_the_authorities_of_the_image():
    assert tls("rediss://:pw@host:6379/0") == VERIFIED


def test_the_values_name_authority_certificate_and_whether_the_name_counts():
    own = {"AUDIO_PROCESSOR_BROKER_CERTIFICATE": "/tls.crt", "AUDIO_PROCESSOR_BROKER_KEY": "/tls.key"}
    assert tls("rediss://host/0", **CA, **own, AUDIO_PROCESSOR_BROKER_CHECK_HOSTNAME="false") == {
        "ssl_cert_reqs": ssl.CERT_REQUIRED,
        "ssl_check_hostname": False,
        "ssl_ca_certs": "/ca.crt",
        "ssl_certfile": "/tls.crt",
        "ssl_keyfile": "/tls.key",
    }


def test_parameters_in_the_url_are_left_to_celery():
    assert tls("rediss://host/0?ssl_cert_reqs=none") is None


@pytest.mark.parametrize("url, what", [
    ("redis://:secret@host/0", "write rediss://"),
    ("rediss://:secret@host/0?ssl_cert_reqs=required", "take them out of the URL"),
])
def test_a_url_that_contradicts_the_values_ends_the_process_and_is_not_shown(url, what):
    with pytest.raises(ValueError, match=what) as refusal:
        tls(url, **CA)
    assert "CELERY_BROKER_URL" in str(refusal.value)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("role, connect, answer", [("worker", 5, 5), ("api", 0.3, 0.8)])
def test_sentinels_lead_to_the_master(role, connect, answer):
    url = "sentinel://:pw@a:26379/0;sentinel://:pw@b:26379/0"
    found = sentinel(url, AUDIO_PROCESSOR_BROKER_MASTER="main", AUDIO_PROCESSOR_ROLE=role)
    assert found["master_name"] == "main"
    asking = found["sentinel_kwargs"]
    assert isinstance(asking.pop("retry"), Retry)
    assert asking == {"socket_connect_timeout": connect, "socket_timeout": answer}


def test_sentinels_are_asked_with_the_password_and_over_tls_like_the_master():
    found = sentinel(
        "sentinel://:p%2Fw@a:26379/0;sentinel://:p%2Fw@b:26379/0",
        **CA,
        AUDIO_PROCESSOR_BROKER_MASTER="main",
        AUDIO_PROCESSOR_BROKER_SENTINEL_LOGIN="true",
    )["sentinel_kwargs"]
    assert found["password"] == "p/w"
    assert found["ssl"] is True
    assert found["ssl_ca_certs"] == "/ca.crt"


def test_a_broker_without_sentinels_has_no_such_options():
    assert sentinel("redis://host/0") == {}


@pytest.mark.parametrize("url, master, what", [
    ("sentinel://:secret@a:26379/0", "", "set broker.external.sentinel.masterName"),
    ("redis://:secret@a:6379/0", "main", "does not begin with sentinel://"),
])
def test_sentinels_and_master_come_together(url, master, what):
    with pytest.raises(ValueError, match=what) as refusal:
        sentinel(url, AUDIO_PROCESSOR_BROKER_MASTER=master)
    assert "secret" not in str(refusal.value)


def test_a_result_store_may_stand_elsewhere_than_behind_the_sentinels():
    env = {"CELERY_RESULT_BACKEND": "redis://elsewhere/1", "AUDIO_PROCESSOR_BROKER_MASTER": "main"}
    assert broker.sentinel(env, broker.RESULT_URL) == {}


SEEN = """
import json
from celery import Celery
app = Celery("audio_processor", broker="redis://ignored:1/0")
connection = app.connection_for_write()
print(json.dumps([connection.transport_cls, connection.ssl, app.backend.connparams, connection.transport_options],
                 default=str))
"""


def test_celery_verifies_broker_and_result_store_without_parameters_in_the_urls():
    url = "rediss://:pw@host:6379/0"
    transport, secured, results, _ = json.loads(load(
        SEEN, AUDIO_PROCESSOR_VISIBILITY_TIMEOUT="5400", CELERY_BROKER_URL=url, CELERY_RESULT_BACKEND=url, **CA))
    assert transport == "rediss"
    wanted = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True, "ssl_ca_certs": "/ca.crt"}
    assert secured == wanted
    assert results.items() >= wanted.items()


def test_celery_asks_the_sentinels_for_broker_and_result_store():
    url = "sentinel://:pw@a:26379/2;sentinel://:pw@b:26379/2"
    transport, _, results, options = json.loads(load(
        SEEN, AUDIO_PROCESSOR_VISIBILITY_TIMEOUT="5400", AUDIO_PROCESSOR_BROKER_MASTER="main",
        CELERY_BROKER_URL=url, CELERY_RESULT_BACKEND=url))
    assert transport == "sentinel"
    assert options["master_name"] == "main"
    assert [(host["host"], host["db"]) for host in results["hosts"]] == [("a", 2), ("b", 2)]
