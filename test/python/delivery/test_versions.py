"""Under versions or private names that were not tested, there is no lease, and the visibility timeout applies."""

import pytest
from audio_processor_celery import versions
from service import REDELIVER_AFTER


@pytest.mark.contract
def test_this_celery_is_supported():
    assert versions.supported()


@pytest.mark.parametrize("name", ["celery", "kombu"])
@pytest.mark.parametrize("version", [(5, 3, 6), (5, 8, 0), (6, 0, 0)])
def test_untested_version_is_not_supported(monkeypatch, name, version):
    monkeypatch.setattr(getattr(versions, name), "VERSION", version)
    assert not versions.supported()


@pytest.mark.parametrize("path", versions.REQUIRED_ATTRIBUTES)
def test_version_without_a_required_attribute_is_not_supported(monkeypatch, path):
    monkeypatch.setitem(versions.REQUIRED_ATTRIBUTES, path, f"{versions.REQUIRED_ATTRIBUTES[path]} _renamed")
    assert not versions.supported()


@pytest.mark.parametrize("path", ["celery.worker.request:Moved", "celery.moved:Moved"])
def test_version_without_a_required_class_is_not_supported(monkeypatch, path):
    monkeypatch.setitem(versions.REQUIRED_ATTRIBUTES, path, "ready")
    assert not versions.supported()


@pytest.mark.slow
def test_worker_with_an_unsupported_version_warns_once_and_uses_the_visibility_timeout(service):
    future = service.directory / "sitecustomize.py"
    future.write_text("import celery\ncelery.VERSION = celery.version_info_t(6, 0, 0, '', '')\n")
    path = f"{service.directory}:{service.env()['PYTHONPATH']}"
    service.worker("a", PYTHONPATH=path, PYTHONNOUSERSITE="1")
    service.send("one", 1)
    service.wait_until_started("one")
    service.redeliver_expired(REDELIVER_AFTER)
    service.wait_until_acknowledged("one")
    assert service.runs("one") == (1, 1)
    lines = [line for line in service.log("a").splitlines() if "No lease" in line]
    assert len(lines) == 1
    assert "is redelivered after 600 s" in lines[0]


@pytest.mark.slow
def test_worker_with_a_lease_does_not_warn(service):
    service.worker("a")
    assert "No lease" not in service.log("a")
