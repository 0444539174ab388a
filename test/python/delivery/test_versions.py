"""Under versions or private fields that nobody tested, the plain timeout holds."""

import pytest
from audio_processor_celery import versions
from service import REDELIVER_AFTER


@pytest.mark.contract
def test_this_celery_is_known():
    assert versions.known()


@pytest.mark.parametrize("name", ["celery", "kombu"])
@pytest.mark.parametrize("version", [(5, 3, 6), (5, 8, 0), (6, 0, 0)])
def test_another_version_is_not(monkeypatch, name, version):
    monkeypatch.setattr(getattr(versions, name), "VERSION", version)
    assert not versions.known()


@pytest.mark.parametrize("place", versions.FIELDS)
def test_neither_is_one_without_a_field(monkeypatch, place):
    monkeypatch.setitem(versions.FIELDS, place, f"{versions.FIELDS[place]} _renamed")
    assert not versions.known()


def test_nor_one_without_a_class(monkeypatch):
    monkeypatch.setitem(versions.FIELDS, "celery.worker.request:Moved", "ready")
    assert not versions.known()
    monkeypatch.setitem(versions.FIELDS, "celery.moved:Moved", "ready")
    assert not versions.known()


def test_a_worker_then_says_so_once_and_waits_for_the_plain_timeout(service):
    """The line names what holds instead; without it nobody would learn that an image took the lease away."""
    future = service.directory / "sitecustomize.py"
    future.write_text("import celery\ncelery.VERSION = celery.version_info_t(6, 0, 0, '', '')\n")
    path = f"{service.directory}:{service.env()['PYTHONPATH']}"
    service.worker("a", PYTHONPATH=path, PYTHONNOUSERSITE="1")
    service.send("one", 1)
    service.until_started("one")
    service.scan(REDELIVER_AFTER)
    service.until_settled("one")
    assert service.runs("one") == (1, 1)
    lines = [line for line in service.log("a").splitlines() if "No lease" in line]
    assert len(lines) == 1
    assert "comes back after 600 s" in lines[0]


def test_a_worker_with_a_lease_says_nothing_of_it(service):
    service.worker("a")
    assert "No lease" not in service.log("a")
