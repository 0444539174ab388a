import { duration, pullSecrets } from './fragments.ts';
import { definition, object, ref, type Schema, string } from './kit.ts';

/** Where an image comes from. An empty tag takes the chart's appVersion. */
export function image(
  what: string,
  value: { readonly registry: string; readonly repository: string; readonly tag: string },
): Schema {
  const tagForm = '[A-Za-z0-9_][A-Za-z0-9._-]*';
  const mayBeEmpty = value.tag === '';
  return object(`Image of ${what} (\`image\`).`, {
    registry: string(
      'Registry host of the `image`, with an optional path; empty leaves it to the container runtime.',
      value.registry,
      {
        pattern: '^([A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?(/[a-z0-9._-]+)*)?$',
        examples: ['registry.example.com'],
      },
    ),
    repository: string('Repository of the `image` in the registry.', value.repository, {
      pattern: '^[a-z0-9]+([._/-][a-z0-9]+)*$',
    }),
    tag: string(
      `Tag of the \`image\`${mayBeEmpty ? "; empty takes the chart's `appVersion`" : ''}.`,
      value.tag,
      {
        pattern: mayBeEmpty ? `^(${tagForm})?$` : `^${tagForm}$`,
        maxLength: 128,
      },
    ),
    digest: string('Digest that pins the `image`; the tag remains visible in the reference.', '', {
      pattern: '^(sha256:[0-9a-f]{64})?$',
    }),
    pullPolicy: string('Image pull policy (`imagePullPolicy`).', 'IfNotPresent', {
      enum: ['IfNotPresent', 'Always', 'Never'],
    }),
  });
}

/** A component's differences from the root `image`: absent keys inherit; a new tag or repository drops an inherited digest. */
export function imageOverride(): Schema {
  return ref(
    'imageOverride',
    'Overrides of the root `image` for this component; absent keys inherit it.',
    {},
  );
}

/** Shape of what overrides the root `image`. */
export const imageDefinitions = {
  imageOverride: definition(
    'ImageOverride',
    image('this component', { registry: '', repository: 'audio-processor', tag: '' }),
  ),
} as const satisfies Readonly<Record<string, Schema>>;

const fields = image('the application, for the API, the workers and beat', {
  registry: '',
  repository: 'audio-processor',
  tag: '',
});

/** The application's image and how it is pulled. */
export const imageSection: Schema = {
  ...fields,
  properties: {
    ...fields.properties,
    pullSecrets: pullSecrets('Image pull secrets by name (`imagePullSecrets`).'),
    pullBudget: duration(
      'Time for a node to pull the image; with the time of the startup probe it is the rollout deadline (`progressDeadlineSeconds`).',
      '5m',
    ),
  },
};
