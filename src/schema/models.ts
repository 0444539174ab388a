import { duration, env, objectName, quantity, resources } from './fragments.ts';
import { boolean, integer, list, object, type Schema, string } from './kit.ts';
import { standaloneScheduling } from './standalone.ts';

const cache = object('The folder /cache of API and workers, which HF_HOME, TORCH_HOME and others name.', {
  type: string(
    '`emptyDir`: each pod has its own, as large as its `storage.cache`, and loses it. `claim`: one volume for all of them.',
    'emptyDir',
    { enum: ['emptyDir', 'claim'] },
  ),
  size: quantity('Size of the claim that the chart makes.', '50Gi'),
  storageClass: objectName('StorageClass of that claim; empty for the cluster default.'),
  accessMode: string(
    '`ReadWriteMany`: pods on all nodes. `ReadWriteOnce`: every pod of API and workers has to fit on one node.',
    'ReadWriteMany',
    { enum: ['ReadWriteMany', 'ReadWriteOnce'] },
  ),
  existingClaim: objectName('Claim of your own, instead of the one that the chart makes.'),
  readOnly: boolean(
    'Whether API and workers may only read the claim; then the prefetch Job alone, or you, fill it.',
    false,
  ),
});

const prefetch = object(
  "A Job that fills the claim with your command, in the application's image. Another command, image or setting makes another Job.",
  {
    enabled: boolean('Whether there is the Job.', false),
    command: list(
      'Command of the Job in exec form; it ends with 0 when all models are under /cache.',
      { type: 'string' },
      [],
      { examples: [['python3', '-c', 'import whisper; whisper.load_model("base")']] },
    ),
    env: env('Environment variables of the Job; they win over `app.env`. HF_TOKEN comes from the Secret.'),
    deadline: duration(
      'Time for all attempts together. Under `models.offline` workers wait for the models, and so does their rollout.',
      '1h',
    ),
    retries: integer('Attempts after the first.', 3, { minimum: 0, maximum: 100 }),
    tmp: quantity('Size of `/tmp`, the only other place that the Job can write to (emptyDir).', '2Gi'),
    resources: resources(
      { cpu: '100m', memory: '512Mi', 'ephemeral-storage': '256Mi' },
      // A library that loads the model to see whether it is whole needs it in memory.
      { memory: '4Gi', 'ephemeral-storage': '4Gi' },
    ),
    scheduling: standaloneScheduling(),
  },
);

/** Model files: where they are kept, and how they get there. */
export const modelsSection: Schema = object('Model files: where they are kept, and how they get there.', {
  cache,
  offline: boolean(
    'true: the Hugging Face libraries ask nobody (HF_HUB_OFFLINE, TRANSFORMERS_OFFLINE) and take only what the cache holds.',
    false,
  ),
  prefetch,
});
