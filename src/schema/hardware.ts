import { env, imageOverride, objectName, optionalQuantity, resources, scheduling } from './fragments.ts';
import { boolean, integer, object, override, type Schema, string } from './kit.ts';

/** What a pool's pods hold of a node besides processor, memory and disk. */
const device = {
  resource: string(
    'Device that each pod gets, by the name that its device plugin announces: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`, `amd.com/gpu`. Empty for none.',
    '',
    {
      pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$',
      maxLength: 253,
    },
  ),
  count: integer('Devices of one pod.', 1, { minimum: 1, maximum: 64 }),
  runtimeClassName: objectName(
    'RuntimeClass of the pods, where the default runtime does not know the device; empty for the default.',
  ),
  sharedMemory: optionalQuantity(
    "Size of /dev/shm, which PyTorch's loaders need; it counts inside the memory limit. Empty leaves the 64Mi of the runtime.",
  ),
  cpuFallback: boolean(
    'true: the same pool on nodes without the device: no device, runtime class, selector or toleration of the profile, and no card visible.',
    false,
  ),
};

/** Hardware of a pool; a profile is the usual place to set it. */
export const hardware: Schema = object(
  "What each pod of the pool holds of its node besides processor, memory and disk; set by the pool's profile.",
  device,
);

const { nodeSelector, tolerations } = scheduling({ spread: false }).properties ?? {};

/** Definition of one entry of `workers.profiles`. */
export const profileDefinition: Schema = {
  ...override(
    object('', {
      ...device,
      ...(nodeSelector === undefined ? {} : { nodeSelector }),
      ...(tolerations === undefined ? {} : { tolerations }),
      image: imageOverride(),
      env: env("Further environment variables of the pools; a pool's own win.", { removable: true }),
      resources: resources({}, {}),
    }),
  ),
  title: 'Profile',
  description:
    'A kind of hardware; absent leaves inherit `workers.defaults`, and a pool overrides any of them.',
};

/** The profiles that the chart knows without being told. */
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
