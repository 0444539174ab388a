import versions from '../../versions.json' with { type: 'json' };
import { annotations, labels } from './fragments.ts';
import { boolean, map, object, type Schema, string } from './kit.ts';
import { standaloneImage, standaloneResources, standaloneScheduling } from './standalone.ts';

/** What of the broker becomes series; declared here, because the rules know the queues as well. */
export const watchedQueues: Schema = map(
  'Queues whose length is watched beside those of the pools: all that the application publishes to, so that one that no pool reads is seen. null removes one.',
  { ...object('Nothing to set: the name of the queue is the key.', {}), type: ['object', 'null'] },
  {
    keys: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$',
    default: {
      audio_queue: {},
      gpu_queue: {},
      system_queue: {},
      celery: {},
      async_audio_queue: {},
      async_batch_queue: {},
      async_gpu_queue: {},
    },
  },
);

/** The exporter of the broker. */
export const brokerExporter: Schema = object(
  'redis_exporter: lengths of queues, tasks in flight, memory and clients of the broker. It is a pod of its own, so that nothing of it restarts the broker.',
  {
    enabled: boolean('Whether it runs where something watches.', true),
    image: standaloneImage('the exporter', versions.images.redisExporter),
    address: string(
      'URL of an external broker without password, where the exporter cannot use CELERY_BROKER_URL: behind Sentinels the address of the master, and a name that the certificate carries. The password is REDIS_PASSWORD of the Secret then.',
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
    podLabels: labels('Further labels of the pod.'),
    podAnnotations: annotations('Further annotations of the pod.'),
  },
);
