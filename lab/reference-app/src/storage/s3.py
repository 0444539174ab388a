"""S3 by boto3: path-style addresses and signature version 4, so that any S3 server works."""

import json
from pathlib import Path
from urllib.parse import urlparse

import boto3
from botocore.config import Config

from ..config import get_settings


def parse_s3_uri(uri: str) -> tuple[str, str]:
    """`s3://bucket/key` → (bucket, key). Raises ValueError for anything else."""
    parsed = urlparse(uri)
    key = parsed.path.lstrip("/")
    if parsed.scheme != "s3" or not parsed.netloc or not key:
        raise ValueError(f"not an S3 URI of the form s3://bucket/key: {uri}")
    return parsed.netloc, key


class S3Storage:
    """The bucket of the settings, and reading from any bucket."""

    def __init__(self) -> None:
        settings = get_settings()
        self.bucket = settings.s3_bucket
        self._client = boto3.client(
            "s3",
            endpoint_url=str(settings.s3_endpoint),
            aws_access_key_id=settings.s3_access_key,
            aws_secret_access_key=settings.s3_secret_key,
            region_name=settings.s3_region,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                # Other S3 servers than Amazon's do not all know the checksum trailers that boto3 sends by default.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def download(self, uri: str, directory: str) -> str:
        """Copies an object into a directory under its own base name; returns the path."""
        bucket, key = parse_s3_uri(uri)
        target = Path(directory, Path(key).name)
        self._client.download_file(bucket, key, str(target))
        return str(target)

    def put_json(self, key: str, value: object) -> str:
        """Writes a JSON object; returns its URI."""
        body = json.dumps(value, indent=2).encode()
        self._client.put_object(Bucket=self.bucket, Key=key, Body=body, ContentType="application/json")
        return f"s3://{self.bucket}/{key}"
