"""Metrics: names, types, labels and buckets of the contract's table."""

import pytest
from prometheus_client import REGISTRY, Histogram

from src.monitor import metrics

REQUEST = (0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)
TASK = (1, 5, 10, 30, 60, 300, 600, 1800, 3600)
S3 = (0.1, 0.5, 1, 2.5, 5, 10, 30, 60)


@pytest.mark.parametrize(
    ("name", "kind", "labels", "buckets"),
    [
        ("audio_requests", "counter", ("method", "endpoint", "status"), None),
        ("audio_request_duration_seconds", "histogram", ("method", "endpoint"), REQUEST),
        ("audio_tasks", "counter", ("status", "queue"), None),
        ("audio_task_duration_seconds", "histogram", ("extractor", "queue"), TASK),
        ("audio_extractor_success", "counter", ("extractor_name", "version"), None),
        ("audio_extractor_failures", "counter", ("extractor_name", "version", "error_type"), None),
        ("audio_extractor_duration_seconds", "histogram", ("extractor_name",), REQUEST),
        ("audio_processor_uptime_seconds", "gauge", (), None),
        ("audio_processor_memory_usage_bytes", "gauge", (), None),
        ("audio_task_queue_length", "gauge", ("queue",), None),
        ("gpu_utilization_percent", "gauge", ("gpu_id",), None),
        ("gpu_memory_usage_bytes", "gauge", ("gpu_id",), None),
        ("gpu_memory_total_bytes", "gauge", ("gpu_id",), None),
        ("audio_features_extracted", "counter", ("feature_type", "extractor_name"), None),
        ("s3_operations", "counter", ("operation", "status"), None),
        ("s3_operation_duration_seconds", "histogram", ("operation",), S3),
        ("s3_data_transferred_bytes", "counter", ("direction",), None),
        ("model_load_duration_seconds", "histogram", ("model_name",), (1, 5, 10, 30, 60, 300, 600)),
        ("model_inference_duration_seconds", "histogram", ("model_name",), S3),
        ("audio_file_size_bytes", "histogram", (), tuple(2**10 * f for f in (1, 10, 100)) + tuple(2**20 * f for f in (1, 10, 100)) + (2**30,)),
        ("audio_duration_seconds", "histogram", (), (1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200)),
    ],
)  # fmt: skip
def test_metric_has_its_type_labels_and_buckets(name, kind, labels, buckets):
    found = REGISTRY._names_to_collectors[name]
    assert (found._type, found._labelnames) == (kind, labels)
    if isinstance(found, Histogram):
        assert tuple(found._upper_bounds[:-1]) == buckets


def test_service_info_is_constant():
    labels = {"version": "1.0.0", "service": "audio_processor", "python_version": "3.10"}
    assert REGISTRY.get_sample_value("audio_processor_info_info", labels) == 1


def test_uptime_is_set_on_each_scrape_and_memory_is_never_set():
    text = metrics.get_metrics()
    assert REGISTRY.get_sample_value("audio_processor_uptime_seconds") > 0
    assert "audio_processor_memory_usage_bytes 0.0" in text


def test_metrics_that_are_never_updated_have_no_series_or_empty_ones():
    text = metrics.get_metrics()
    assert "audio_task_queue_length{" not in text
    assert "gpu_utilization_percent{" not in text
    assert "audio_file_size_bytes_count 0.0" in text
    assert "process_resident_memory_bytes" in text
