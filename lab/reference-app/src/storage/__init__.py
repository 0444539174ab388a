"""Where audio comes from and manifests go."""
