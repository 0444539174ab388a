import { duration, image, pullSecrets } from './fragments.ts';
import type { Schema } from './kit.ts';

const fields = image('the application; API, workers and beat share it', {
  registry: '',
  repository: 'audio-processor',
  tag: '',
});

/** The application's image and how it is pulled. */
export const imageSection: Schema = {
  ...fields,
  properties: {
    ...fields.properties,
    pullSecrets: pullSecrets('Names of the image pull secrets.'),
    pullBudget: duration(
      'Time a node may need to pull the image; with the startup budget it makes the rollout deadline.',
      '5m',
    ),
  },
};
