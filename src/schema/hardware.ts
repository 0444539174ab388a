import { env, objectName, optionalQuantity, resources, scheduling } from './fragments.ts';
import { imageOverride } from './image.ts';
import { boolean, definition, integer, object, type Schema, string } from './kit.ts';

/** Extended resource of a pool's pods. */
const device = {
  resource: string(
    'Extended resource of each pod (`resources.limits`), as its device plugin names it: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`, `amd.com/gpu`; empty for none.',
    '',
    {
      pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$',
      maxLength: 253,
    },
  ),
  count: integer('Quantity of the extended resource for each pod (`resources.limits`).', 1, {
    minimum: 1,
    maximum: 64,
  }),
  runtimeClassName: objectName(
    'RuntimeClass of the pods (`runtimeClassName`), where the default runtime does not support the device; empty for the default.',
  ),
  sharedMemory: optionalQuantity(
    "Size of `/dev/shm` for PyTorch's data loaders (`emptyDir.sizeLimit`, `medium: Memory`); it counts towards the memory limit. Empty keeps the 64Mi of the container runtime.",
  ),
  cpuFallback: boolean(
    'true: run the pool on CPU: without the extended resource, `runtimeClassName`, `nodeSelector` and `tolerations` of the profile, and without a visible GPU (CUDA_VISIBLE_DEVICES).',
    false,
  ),
};

/** Hardware of a pool; usually set by a profile. */
export const hardware: Schema = object(
  "Extended resource of each pod, such as a GPU; usually set by the pool's profile.",
  device,
);

const { nodeSelector, tolerations } = scheduling({ spread: false }).properties ?? {};

/** Definition of one entry of `workers.profiles`. */
export const profileDefinition: Schema = {
  ...definition(
    'Profile',
    object('', {
      ...device,
      ...(nodeSelector === undefined ? {} : { nodeSelector }),
      ...(tolerations === undefined ? {} : { tolerations }),
      image: imageOverride(),
      env: env('Additional environment variables of the workers (`env`); those of a pool override them.', {
        removable: true,
      }),
      resources: resources({}, {}),
    }),
  ),
  description:
    'A hardware profile; absent keys inherit `workers.defaults`, and a pool overrides any of them.',
};

/** The profiles of the default values. */
export const profiles = {
  nvidia: {
    resource: 'nvidia.com/gpu',
    tolerations: { gpu: { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' } },
    sharedMemory: '1Gi',
    resources: {
      requests: { cpu: '2', memory: '8Gi', 'ephemeral-storage': '8Gi' },
      limits: { memory: '16Gi', 'ephemeral-storage': '16Gi' },
    },
  },
};
