import { duration, env, objectName, quantity, resources } from './fragments.ts';
import { boolean, integer, list, object, type Schema, string } from './kit.ts';
import { standaloneScheduling } from './standalone.ts';

const cache = object(
  'Volume at `/cache` in the API and the workers; HF_HOME, TORCH_HOME and others point to it.',
  {
    type: string(
      'Type of the volume. `emptyDir`: one for each pod, as large as its `storage.cache`, lost with the pod. `claim`: one PersistentVolumeClaim for all of them.',
      'emptyDir',
      { enum: ['emptyDir', 'claim'] },
    ),
    size: quantity('Size of the claim that the chart creates (`resources.requests.storage`).', '50Gi'),
    storageClass: objectName(
      'StorageClass of the claim (`storageClassName`); empty for the cluster default.',
    ),
    accessMode: string(
      'Access mode of the claim (`accessModes`). `ReadWriteMany`: pods on any node. `ReadWriteOnce`: all pods of the API and the workers must run on one node.',
      'ReadWriteMany',
      { enum: ['ReadWriteMany', 'ReadWriteOnce'] },
    ),
    existingClaim: objectName('Existing claim (`claimName`), instead of the one that the chart creates.'),
    readOnly: boolean(
      'Mount the claim read-only in the API and the workers (`readOnly`); only the prefetch Job, or you, write to it.',
      false,
    ),
  },
);

const prefetch = object(
  "A Job that fills the claim with your command, in the application's image. A changed command, image or setting creates another Job.",
  {
    enabled: boolean('Create the Job.', false),
    command: list(
      'Command of the Job in exec form (`command`); it exits with 0 when all models are under `/cache`.',
      { type: 'string' },
      [],
      { examples: [['python3', '-c', 'import whisper; whisper.load_model("base")']] },
    ),
    env: env(
      'Environment variables of the Job (`env`); they override `app.env`. HF_TOKEN comes from the Secret.',
    ),
    deadline: duration(
      'Time limit of all attempts together (`activeDeadlineSeconds`). With `models.offline` the workers, and their rollout, wait for the models.',
      '1h',
    ),
    retries: integer('Retries after the first attempt (`backoffLimit`).', 3, { minimum: 0, maximum: 100 }),
    tmp: quantity(
      'Size limit of `/tmp`, the only other writable directory of the Job (`emptyDir.sizeLimit`).',
      '2Gi',
    ),
    resources: resources(
      { cpu: '100m', memory: '512Mi', 'ephemeral-storage': '256Mi' },
      // A library that loads the model to see whether it is whole needs it in memory.
      { memory: '4Gi', 'ephemeral-storage': '4Gi' },
    ),
    scheduling: standaloneScheduling(),
  },
);

/** Model files: where they are stored, and how they get there. */
export const modelsSection: Schema = object('Model files: where they are stored, and how they get there.', {
  cache,
  offline: boolean(
    'true: the Hugging Face libraries use only what is in the cache (HF_HUB_OFFLINE, TRANSFORMERS_OFFLINE).',
    false,
  ),
  prefetch,
});
