/** What the chart refers to and does not make. */
interface External {
  readonly why: string;
  /** Keys that must be there; any when absent. */
  readonly keys?: readonly string[];
  /** Keys that may be missing. */
  readonly optionalKeys?: readonly string[];
}

/** Every object outside the chart that some case of the laws refers to, by `Kind/name`. */
export const external: Readonly<Record<string, External>> = {
  'Secret/ml-service-secrets': {
    why: "the user's own; README and chart README name its keys",
    keys: ['S3_ACCESS_KEY', 'S3_SECRET_KEY', 'REDIS_PASSWORD', 'CELERY_BROKER_URL', 'CELERY_RESULT_BACKEND'],
    optionalKeys: ['MASTERML_TOKEN', 'HUGGINGFACE_TOKEN'],
  },
  'ServiceAccount/default': { why: 'Kubernetes makes it in every namespace' },
  'Secret/registry-credentials': { why: 'pull secret of test/overlays/all-features.yaml' },
  'StorageClass/fast': { why: 'storage class of test/overlays/all-features.yaml' },
  'PriorityClass/important': { why: 'priority class of test/overlays/all-features.yaml' },
};
