/** A Kubernetes object, rendered, to be applied, or as kubectl prints it; the other fields depend on the kind. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    uid?: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
  };
  [field: string]: unknown;
}
