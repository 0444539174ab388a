"""Settings from the environment. A value of the wrong type ends API, worker, beat and Flower alike, at import."""

from pydantic import AnyUrl
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each field is read from the environment variable of its name in capitals (any case), then from `.env`.

    Unknown keys in `.env` are refused, unknown environment variables are not. Lists must be JSON. A URL
    without a path gets a slash at its end: that is where the double slash to MasterML comes from.
    """

    model_config = SettingsConfigDict(env_file=".env", case_sensitive=False)

    # API. Only a start of src/main.py itself would read these; uvicorn has separate flags.
    api_host: str = "0.0.0.0"
    api_port: int = 8000
    api_workers: int = 1
    debug: bool = False
    reload: bool = False

    celery_broker_url: AnyUrl = "redis://localhost:6380/0"
    celery_result_backend: AnyUrl = "redis://localhost:6380/0"
    celery_task_serializer: str = "json"
    celery_result_serializer: str = "json"
    celery_accept_content: list[str] = ["json"]
    celery_timezone: str = "UTC"
    celery_enable_utc: bool = True

    s3_endpoint: AnyUrl = "https://s3.amazonaws.com"
    s3_access_key: str = ""
    s3_secret_key: str = ""
    s3_bucket: str = "audio-features"
    s3_region: str = "us-east-1"

    masterml_url: AnyUrl = "http://localhost:8000"
    masterml_token: str | None = None

    log_level: str = "INFO"
    log_format: str = "json"
    log_file: str | None = None

    prometheus_port: int = 9090
    enable_metrics: bool = True

    audio_sample_rate: int = 22050
    audio_chunk_size: int = 1024
    audio_max_duration: int = 3600

    cuda_visible_devices: str = "0"
    use_gpu: bool = True
    gpu_memory_limit: float = 0.8
    gpu_batch_size: int = 8

    max_cpu_workers: int = 8
    max_gpu_workers: int = 2
    max_io_workers: int = 16
    max_concurrent_videos: int = 4
    max_segment_workers: int = 8
    segment_batch_size: int = 16
    max_s3_downloads: int = 16
    max_file_operations: int = 32
    extractor_timeout: int = 300

    api_key: str | None = None
    cors_origins: list[str] = ["http://localhost:3000"]

    max_workers: int = 4
    worker_timeout: int = 3600
    task_time_limit: int = 3600


settings = Settings()


def get_settings() -> Settings:
    """The one instance of this process."""
    return settings
