"""Connection settings of an external broker: TLS and Sentinels, and that Celery applies them."""

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


def test_redis_url_has_no_tls():
    assert tls("redis://:pw@host:6379/0") is None


def test_rediss_url_without_parameters_is_verified_with_the_cas_of_the_image():
    assert tls("rediss://:pw@host:6379/0") == VERIFIED


def test_values_set_ca_client_certificate_and_hostname_check():
    client = {"AUDIO_PROCESSOR_BROKER_CERTIFICATE": "/tls.crt", "AUDIO_PROCESSOR_BROKER_KEY": "/tls.key"}
    assert tls("rediss://host/0", **CA, **client, AUDIO_PROCESSOR_BROKER_CHECK_HOSTNAME="false") == {
        "ssl_cert_reqs": ssl.CERT_REQUIRED,
        "ssl_check_hostname": False,
        "ssl_ca_certs": "/ca.crt",
        "ssl_certfile": "/tls.crt",
        "ssl_keyfile": "/tls.key",
    }


def test_ssl_parameters_in_the_url_are_left_to_celery():
    assert tls("rediss://host/0?ssl_cert_reqs=none") is None


@pytest.mark.parametrize("url, remedy", [
    ("redis://:secret@host/0", "write rediss://"),
    ("rediss://:secret@host/0?ssl_cert_reqs=required", "take them out of the URL"),
])
def test_url_that_contradicts_the_tls_values_is_rejected_without_showing_it(url, remedy):
    with pytest.raises(ValueError, match=remedy) as rejected:
        tls(url, **CA)
    assert "CELERY_BROKER_URL" in str(rejected.value)
    assert "secret" not in str(rejected.value)


@pytest.mark.parametrize("role, connect_timeout, timeout", [("worker", 5, 5), ("api", 0.3, 0.8)])
def test_sentinel_url_connects_to_the_master_with_the_timeouts_of_the_process(role, connect_timeout, timeout):
    url = "sentinel://:pw@a:26379/0;sentinel://:pw@b:26379/0"
    found = sentinel(url, AUDIO_PROCESSOR_BROKER_MASTER="main", AUDIO_PROCESSOR_ROLE=role)
    assert found["master_name"] == "main"
    connection = found["sentinel_kwargs"]
    assert isinstance(connection.pop("retry"), Retry)
    assert connection == {"socket_connect_timeout": connect_timeout, "socket_timeout": timeout}


def test_sentinels_use_the_password_and_the_tls_settings_of_the_master():
    found = sentinel(
        "sentinel://:p%2Fw@a:26379/0;sentinel://:p%2Fw@b:26379/0",
        **CA,
        AUDIO_PROCESSOR_BROKER_MASTER="main",
        AUDIO_PROCESSOR_BROKER_SENTINEL_LOGIN="true",
    )["sentinel_kwargs"]
    assert found["password"] == "p/w"
    assert found["ssl"] is True
    assert found["ssl_ca_certs"] == "/ca.crt"


def test_url_without_sentinels_has_no_sentinel_options():
    assert sentinel("redis://host/0") == {}


@pytest.mark.parametrize("url, master, reason", [
    ("sentinel://:secret@a:26379/0", "", "set broker.external.sentinel.masterName"),
    ("redis://:secret@a:6379/0", "main", "does not begin with sentinel://"),
])
def test_sentinel_url_and_master_name_need_each_other(url, master, reason):
    with pytest.raises(ValueError, match=reason) as rejected:
        sentinel(url, AUDIO_PROCESSOR_BROKER_MASTER=master)
    assert "secret" not in str(rejected.value)


def test_result_backend_need_not_use_the_sentinels():
    env = {"CELERY_RESULT_BACKEND": "redis://elsewhere/1", "AUDIO_PROCESSOR_BROKER_MASTER": "main"}
    assert broker.sentinel(env, broker.RESULT_URL) == {}


SETTINGS = """
import json
from celery import Celery
app = Celery("audio_processor", broker="redis://ignored:1/0")
connection = app.connection_for_write()
print(json.dumps([connection.transport_cls, connection.ssl, app.backend.connparams, connection.transport_options],
                 default=str))
"""


def test_celery_verifies_broker_and_result_backend_without_parameters_in_the_urls():
    url = "rediss://:pw@host:6379/0"
    transport, tls_options, results, _ = json.loads(load(
        SETTINGS, AUDIO_PROCESSOR_VISIBILITY_TIMEOUT="5400", CELERY_BROKER_URL=url, CELERY_RESULT_BACKEND=url, **CA))
    assert transport == "rediss"
    expected = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True, "ssl_ca_certs": "/ca.crt"}
    assert tls_options == expected
    assert results.items() >= expected.items()


def test_celery_uses_the_sentinels_for_broker_and_result_backend():
    url = "sentinel://:pw@a:26379/2;sentinel://:pw@b:26379/2"
    transport, _, results, options = json.loads(load(
        SETTINGS, AUDIO_PROCESSOR_VISIBILITY_TIMEOUT="5400", AUDIO_PROCESSOR_BROKER_MASTER="main",
        CELERY_BROKER_URL=url, CELERY_RESULT_BACKEND=url))
    assert transport == "sentinel"
    assert options["master_name"] == "main"
    assert [(host["host"], host["db"]) for host in results["hosts"]] == [("a", 2), ("b", 2)]
