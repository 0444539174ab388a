/**
 * The commands of the README that came with the raw manifests, word for word and in its order. Operators have them in
 * their fingers: each one works after an install of `environments/prod.yaml`, or docs/features.md names its replacement.
 */
export interface OriginalCommand {
  readonly command: string;
  /** Why it is not run unchanged: docs/features.md has its replacement. */
  readonly replaced?: string;
}

const manifest = 'a file of the raw manifests, which are no more';

const applied = [
  ...['namespace', 'rbac', 'configmap', 'secret', 'services', 'audio-processor-deployment'],
  ...['audio-worker-deployment', 'monitoring', 'hpa', 'ingress'],
];

/** All of them. */
export const originalCommands: readonly OriginalCommand[] = [
  { command: './deploy.sh', replaced: 'a script over the raw manifests' },
  ...applied.map((file) => ({ command: `kubectl apply -f ${file}.yaml`, replaced: manifest })),
  {
    command: `kubectl create secret generic ml-service-secrets \\
  --from-literal=S3_ACCESS_KEY=your-access-key \\
  --from-literal=S3_SECRET_KEY=your-secret-key \\
  --from-literal=MASTERML_TOKEN=your-token \\
  --from-literal=DATABASE_PASSWORD=your-password \\
  --from-literal=HUGGINGFACE_TOKEN=your-huggingface-token \\
  --namespace=ml-service`,
  },
  {
    command: `kubectl create secret generic monitoring-secrets \\
  --from-literal=GRAFANA_ADMIN_USER=admin \\
  --from-literal=GRAFANA_ADMIN_PASSWORD=your-secure-password \\
  --from-literal=SLACK_WEBHOOK_URL=your-slack-webhook \\
  --namespace=monitoring`,
  },
  { command: 'kubectl get pods -n ml-service' },
  { command: 'kubectl get pods -n monitoring' },
  { command: 'kubectl get svc -n ml-service' },
  { command: 'kubectl get svc -n monitoring' },
  { command: 'kubectl get hpa -n ml-service' },
  { command: 'kubectl scale deployment audio-worker --replicas=10 -n ml-service' },
  { command: 'kubectl describe hpa audio-worker-hpa -n ml-service' },
  { command: 'kubectl logs -f deployment/audio-processor -n ml-service' },
  { command: 'kubectl logs -f deployment/audio-worker -n ml-service' },
  { command: 'kubectl logs -f deployment/audio-gpu-worker -n ml-service' },
  { command: 'kubectl describe pod <pod-name> -n ml-service' },
  { command: 'kubectl exec -it deployment/audio-processor -n ml-service -- /bin/bash' },
  { command: 'kubectl get events -n ml-service --sort-by=.metadata.creationTimestamp' },
  { command: 'kubectl get events -n ml-service' },
  { command: 'kubectl top pods -n ml-service' },
  {
    command:
      'kubectl set image deployment/audio-processor audio-processor=your-registry.com/audio-processor:v1.1.0 -n ml-service',
  },
  {
    command:
      'kubectl set image deployment/audio-worker audio-worker=your-registry.com/audio-processor:v1.1.0 -n ml-service',
  },
  { command: 'kubectl rollout status deployment/audio-processor -n ml-service' },
  { command: 'kubectl rollout undo deployment/audio-processor -n ml-service' },
  { command: 'kubectl rollout undo deployment/audio-worker -n ml-service' },
  { command: 'kubectl delete -f .', replaced: manifest },
  { command: 'kubectl delete namespace ml-service' },
  { command: 'kubectl delete namespace monitoring' },
];

/** The pages that it names; each path below its host. */
export const originalPages = {
  'http://ml-service.yourdomain.com/audio': 'AudioProcessor API',
  'http://ml-service.yourdomain.com/flower': 'Flower',
  'http://monitoring.yourdomain.com/prometheus': 'Prometheus',
  'http://monitoring.yourdomain.com/grafana': 'Grafana',
  'http://monitoring.yourdomain.com/alertmanager': 'Alertmanager',
} as const;
