"""Tasks, with the API, a broker and a worker in this process."""

import json
import time
from pathlib import Path

import pytest
from celery.result import denied_join_result
from conftest import SOUND, eventually, ledger, masterml, sample, wait

from src.config import get_settings

pytestmark = pytest.mark.usefixtures("worker")


def test_audio_file_becomes_features_and_a_manifest(submit, s3):
    answer = submit(dataset="train", task_id="mine")
    assert (answer["status"], answer["progress"]) == ("completed", 100.0)
    result = answer["result"]
    assert result["status"] == "completed"
    assert result["manifest_uri"] == "s3://audio-features/train/manifests/v1.json"
    assert len(result["extractors"]) == 22
    assert result["successful_extractors"] == result["extractors"][:4]
    assert result["failed_extractors"] == []
    assert len(result["skipped_extractors"]) == 18
    manifest = json.loads(s3.objects["audio-features/train/manifests/v1.json"])
    assert manifest["features"] == result["features"]
    assert set(manifest["features"]) == {"loudness", "mel", "mfcc", "chroma"}
    assert manifest["features"]["chroma"]["peak_class"] == "A"
    assert (manifest["task_id"], manifest["dataset"], manifest["schema_version"]) == ("mine", "train", "audio_manifest_v1")
    assert len(manifest["extractors"]) == 22


def test_masterml_is_notified_at_a_path_with_a_double_slash_and_with_the_token(submit, monkeypatch):
    monkeypatch.setattr(get_settings(), "masterml_token", "t0ken")
    answer = submit()
    ((path, headers, body),) = masterml.posted
    assert path == "//api/v1/processors/audio/notify"
    assert headers["Authorization"] == "Bearer t0ken"
    assert set(body) == {"video_id", "processor", "status", "timestamp", "manifest_uri", "result"}
    assert (body["processor"], body["status"], body["video_id"]) == ("audio_processor", "completed", "v1")
    assert body["result"] == answer["result"]


def test_masterml_that_refuses_does_not_fail_the_task(submit):
    masterml.refuse_writes = True
    assert submit()["status"] == "completed"


def test_local_path_is_read(submit, tmp_path):
    (tmp_path / "b.wav").write_bytes(SOUND)
    assert submit(audio_uri=str(tmp_path / "b.wav"))["status"] == "completed"


def test_task_updates_its_metrics(submit):
    labels = {"extractor_name": "mel_extractor", "version": "2.0.0"}
    before = [sample("audio_tasks_total", {"status": s, "queue": "audio_queue"}) for s in ("started", "completed")]
    runs = sample("audio_extractor_success_total", labels)
    submit()
    after = [sample("audio_tasks_total", {"status": s, "queue": "audio_queue"}) for s in ("started", "completed")]
    assert after == [value + 1 for value in before]
    assert sample("audio_extractor_success_total", labels) == runs + 1


def test_skipped_extractor_is_neither_a_success_nor_a_failure(submit):
    submit()
    labels = {"extractor_name": "pitch", "version": "1.0.0"}
    assert sample("audio_extractor_success_total", labels) == 0
    assert sample("audio_extractor_failures_total", {**labels, "error_type": "UnboundLocalError"}) == 0


def test_failing_extractor_does_not_fail_the_task(submit):
    labels = {"extractor_name": "mel_extractor", "version": "2.0.0", "error_type": "UnboundLocalError"}
    before = sample("audio_extractor_failures_total", labels)
    result = submit(meta={"lab": {"failExtractors": ["mel_extractor"]}})["result"]
    assert result["status"] == "completed"
    assert result["failed_extractors"] == ["mel_extractor"]
    assert "mel" not in result["features"]
    assert sample("audio_extractor_failures_total", labels) == before + 1


def test_file_without_audio_fails_every_extractor_and_completes(submit, s3):
    s3.objects["box/in/a.wav"] = b"no sound"
    result = submit()["result"]
    assert (result["status"], len(result["failed_extractors"]), result["features"]) == ("completed", 4, {})


def test_manifest_that_s3_rejects_stays_in_the_working_directory(submit, s3, tmp_path):
    s3.refuse_writes = True
    result = submit()["result"]
    assert result["manifest_uri"] == f"file://{tmp_path}/manifest_v1.json"
    assert json.loads((tmp_path / "manifest_v1.json").read_text())["video_id"] == "v1"


def test_task_leaves_no_file_in_tmp(submit, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    submit()
    assert list(tmp_path.iterdir()) == []


def test_video_is_analysed_stays_in_the_working_directory_and_is_reported_as_failed(client, s3, tmp_path):
    s3.objects["box/a.mp4"] = SOUND
    body = {"video_id": "v2", "video_uri": "s3://box/a.mp4"}
    task_id = client.post("/process", json=body).json()["celery_task_id"]
    answer = wait(client, task_id)
    assert (answer["status"], answer["result"]["status"]) == ("completed", "failed")
    assert "record_processing_time" in answer["result"]["error"]
    assert json.loads((tmp_path / "manifest_v2.json").read_text())["schema_version"] == "video_audio_manifest_v1"


def test_gpu_task_is_a_simulation_of_eight_steps(worker, s3):
    begun = time.monotonic()
    meta = {"lab": {"seconds": 0.4, "ledger": True}}
    found = worker.send_task("src.celery_app.process_audio_gpu_task", args=["v", "s3://box/a"], kwargs={"meta": meta})
    result = found.get(timeout=10)
    assert time.monotonic() - begun >= 0.4
    assert (result["gpu"], result["manifest_uri"]) == (True, "s3://audio-features/manifests/v_gpu.json")
    assert [event["queue"] for event in ledger(s3)] == ["gpu_queue", "gpu_queue"]


def test_health_task_returns_a_constant(worker):
    answer = worker.send_task("src.celery_app.health_check_task").get(timeout=10)
    assert (answer["status"], answer["celery_workers"], answer["queue_length"]) == ("healthy", 1, 0)


def test_simple_task_sleeps_two_seconds(worker):
    begun = time.monotonic()
    assert worker.send_task("src.celery_app.simple_test_task", args=["x"]).get(timeout=10) == "Processed: x"
    assert time.monotonic() - begun >= 2.0


def test_unified_task_reads_a_local_wav_and_writes_below_the_working_directory(worker, tmp_path):
    (tmp_path / "a.wav").write_bytes(SOUND)
    name = "src.unified_celery_tasks.async_unified_process_task"
    result = worker.send_task(name, args=["v3", str(tmp_path / "a.wav")]).get(timeout=10)
    assert result["success"] is True
    assert Path(result["manifest_path"]) == Path("async_unified_output/default/v3_manifest.json")
    assert {path.name for path in tmp_path.iterdir()} == {"a.wav", "artifacts", "segment_features", "async_unified_output"}


def test_unified_task_does_not_download_from_s3(worker, s3):
    s3.objects["box/a.wav"] = SOUND
    name = "src.unified_celery_tasks.async_unified_process_task"
    assert worker.send_task(name, args=["v3", "s3://box/a.wav"]).get(timeout=10)["success"] is False


def test_wrapper_task_publishes_the_inner_task_and_always_fails(worker, tmp_path):
    """Celery refuses to wait inside a task; the worker of these tests allows it, so the refusal is switched on here."""
    (tmp_path / "a.wav").write_bytes(SOUND)
    name = "src.async_unified_celery_tasks.async_unified_process_audio_task"
    with denied_join_result(), pytest.raises(RuntimeError, match="Never call result.get"):
        worker.tasks[name]("v3", str(tmp_path / "a.wav"))
    manifest = tmp_path / "async_unified_output/default/v3_manifest.json"
    eventually(manifest.exists, "the inner task's manifest")
