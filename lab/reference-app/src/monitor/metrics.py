"""Every metric of the application, in the default registry. Some are never updated: so it is in the application."""

import time

from prometheus_client import Counter, Gauge, Histogram, Info, generate_latest

DURATION_BUCKETS = (0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)
TASK_BUCKETS = (1, 5, 10, 30, 60, 300, 600, 1800, 3600)

requests_total = Counter("audio_requests_total", "Requests", ["method", "endpoint", "status"])
request_duration = Histogram(
    "audio_request_duration_seconds", "Duration of requests", ["method", "endpoint"], buckets=DURATION_BUCKETS
)
tasks_total = Counter("audio_tasks_total", "Tasks", ["status", "queue"])
task_duration = Histogram(
    "audio_task_duration_seconds", "Duration of tasks", ["extractor", "queue"], buckets=TASK_BUCKETS
)
extractor_success_total = Counter(
    "audio_extractor_success_total", "Successful extractor runs", ["extractor_name", "version"]
)
extractor_failures_total = Counter(
    "audio_extractor_failures_total", "Failed extractor runs", ["extractor_name", "version", "error_type"]
)
extractor_duration = Histogram(
    "audio_extractor_duration_seconds", "Duration of extractor runs", ["extractor_name"], buckets=DURATION_BUCKETS
)
info = Info("audio_processor_info", "The service")
uptime_seconds = Gauge("audio_processor_uptime_seconds", "Seconds since the start, set on each scrape")

# Declared and never updated.
memory_usage_bytes = Gauge("audio_processor_memory_usage_bytes", "Memory")
task_queue_length = Gauge("audio_task_queue_length", "Queue length", ["queue"])
gpu_utilization = Gauge("gpu_utilization_percent", "GPU utilisation", ["gpu_id"])
gpu_memory_usage = Gauge("gpu_memory_usage_bytes", "GPU memory in use", ["gpu_id"])
gpu_memory_total = Gauge("gpu_memory_total_bytes", "GPU memory", ["gpu_id"])
features_total = Counter("audio_features_extracted_total", "Features", ["feature_type", "extractor_name"])
audio_file_size = Histogram(
    "audio_file_size_bytes",
    "File sizes",
    buckets=(1024, 10240, 102400, 1048576, 10485760, 104857600, 1073741824),
)
audio_duration = Histogram(
    "audio_duration_seconds", "Audio durations", buckets=(1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200)
)
s3_operations_total = Counter("s3_operations_total", "S3 operations", ["operation", "status"])
s3_operation_duration = Histogram(
    "s3_operation_duration_seconds", "S3 durations", ["operation"], buckets=(0.1, 0.5, 1, 2.5, 5, 10, 30, 60)
)
s3_data_transferred = Counter("s3_data_transferred_bytes", "S3 bytes", ["direction"])
model_load_duration = Histogram(
    "model_load_duration_seconds", "Model loads", ["model_name"], buckets=(1, 5, 10, 30, 60, 300, 600)
)
model_inference_duration = Histogram(
    "model_inference_duration_seconds",
    "Model inference",
    ["model_name"],
    buckets=(0.1, 0.5, 1, 2.5, 5, 10, 30, 60),
)


class MetricsCollector:
    """The ways in which code updates metrics."""

    def __init__(self) -> None:
        self._started = time.time()
        # The Python version is wrong, as it is in the application.
        info.info({"version": "1.0.0", "service": "audio_processor", "python_version": "3.10"})

    def update_uptime(self) -> None:
        """Called on each scrape."""
        uptime_seconds.set(time.time() - self._started)

    def record_request(self, method: str, endpoint: str, status: str, duration: float) -> None:
        """One answered HTTP request; `endpoint` is the raw path."""
        requests_total.labels(method=method, endpoint=endpoint, status=status).inc()
        request_duration.labels(method=method, endpoint=endpoint).observe(duration)

    def record_task(self, status: str, queue: str, duration: float | None = None) -> None:
        """A task submitted, started, completed or failed."""
        tasks_total.labels(status=status, queue=queue).inc()
        if duration is not None:
            task_duration.labels(extractor="unknown", queue=queue).observe(duration)

    def record_extractor(
        self, name: str, version: str, success: bool, duration: float, error_type: str | None = None
    ) -> None:
        """One run of an extractor."""
        if success:
            extractor_success_total.labels(extractor_name=name, version=version).inc()
        else:
            extractor_failures_total.labels(
                extractor_name=name, version=version, error_type=error_type or "unknown"
            ).inc()
        extractor_duration.labels(extractor_name=name).observe(duration)


metrics_collector = MetricsCollector()


def get_metrics() -> str:
    """The default registry in Prometheus' text format."""
    metrics_collector.update_uptime()
    return generate_latest().decode()
