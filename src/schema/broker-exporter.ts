import versions from '../../versions.json' with { type: 'json' };
import { annotations, labels, queues } from './fragments.ts';
import { boolean, object, type Schema, string } from './kit.ts';
import { standaloneImage, standaloneResources, standaloneScheduling } from './standalone.ts';

/** Queues whose length is a metric; declared here, because the rules need them too. */
export const watchedQueues: Schema = queues(
  'Queues with a metric of their length (REDIS_EXPORTER_CHECK_SINGLE_KEYS) besides those of the pools: every queue that the application publishes to, to detect one without consumer. null removes one.',
  {
    audio_queue: {},
    gpu_queue: {},
    system_queue: {},
    celery: {},
    async_audio_queue: {},
    async_batch_queue: {},
    async_gpu_queue: {},
  },
);

/** The exporter of the broker. */
export const brokerExporter: Schema = object(
  'redis_exporter: metrics of queue lengths, unacknowledged tasks, memory and clients of the broker. It runs in a separate pod, so that a change of it never restarts the broker.',
  {
    enabled: boolean('Create the Deployment of the exporter, where Prometheus is enabled.', true),
    image: standaloneImage('the exporter', versions.images.redisExporter),
    address: string(
      'URL of an external broker without password (REDIS_ADDR), where the exporter cannot use CELERY_BROKER_URL: with Sentinels the address of the master, under a name for which the certificate is valid. The password is then REDIS_PASSWORD of the Secret.',
      '',
      {
        pattern: '^(rediss?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?)?$',
        examples: ['rediss://redis-master.data.svc:6379'],
      },
    ),
    resources: standaloneResources(
      { cpu: '10m', memory: '32Mi', 'ephemeral-storage': '16Mi' },
      { memory: '128Mi', 'ephemeral-storage': '64Mi' },
    ),
    scheduling: standaloneScheduling(),
    podLabels: labels('Additional labels of the pod (`metadata.labels`).'),
    podAnnotations: annotations('Additional annotations of the pod (`metadata.annotations`).'),
  },
);
