import { annotations, duration, labels, objectName, pullSecrets, quantity } from './fragments.ts';
import { boolean, integer, object, passthrough, ref, type Schema } from './kit.ts';
import { standaloneImage, standaloneResources, standaloneScheduling } from './standalone.ts';

/** What the three servers have in common, once in each schema; a server's own defaults stand where it uses one. */
export const serverDefinitions = {
  serverPersistence: {
    ...object('Where the data lives.', {
      enabled: boolean('true: a claim that outlives the release. false: emptyDir, lost with the pod.', true),
      size: quantity('Size of the claim, or limit of the emptyDir.', '1Gi'),
      storageClass: objectName('StorageClass of the claim; empty for the cluster default.'),
      existingClaim: objectName('Claim of your own, instead of the one that the chart makes.'),
    }),
    title: 'ServerPersistence',
  },
  serverService: {
    ...object('The Service.', {
      port: integer('Port of the Service.', 80, { minimum: 1, maximum: 65535 }),
      annotations: annotations('Annotations of the Service.'),
    }),
    title: 'ServerService',
  },
  containerSecurity: {
    ...passthrough('Security context of the container.', 'io.k8s.api.core.v1.SecurityContext', {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    }),
    title: 'ContainerSecurity',
  },
} as const satisfies Readonly<Record<string, Schema>>;

/** What a server's own values are made of. */
export interface Server {
  /** With registry, repository and tag, as `versions.json` names it. */
  readonly image: string;
  readonly port: number;
  /** Numeric user of the image. */
  readonly user: number;
  readonly memory: { readonly request: string; readonly limit: string };
  /** Limit of the node's disk; it holds the data where no claim does. */
  readonly disk: string;
  readonly persistence: { readonly enabled: boolean; readonly size: string };
  readonly grace: string;
}

/** Values that every server has, in the order of docs. */
export function serverValues(server: Server): Readonly<Record<string, Schema>> {
  return {
    fullnameOverride: {
      ...objectName('Name of the server and beginning of the names around it, instead of the chart’s own.'),
      pattern: '^([a-z]([-a-z0-9]*[a-z0-9])?)?$',
      maxLength: 49,
    },
    image: standaloneImage('the server', server.image),
    pullSecrets: pullSecrets('Names of the image pull secrets.'),
    resources: standaloneResources(
      { cpu: '50m', memory: server.memory.request, 'ephemeral-storage': '64Mi' },
      { memory: server.memory.limit, 'ephemeral-storage': server.disk },
    ),
    persistence: ref('serverPersistence', 'Where the data lives.', server.persistence),
    grace: duration('Time to write what is in memory, and stop.', server.grace),
    service: ref('serverService', 'The Service.', { port: server.port }),
    scheduling: standaloneScheduling(),
    podSecurityContext: passthrough('Security context of the pod.', 'io.k8s.api.core.v1.PodSecurityContext', {
      runAsNonRoot: true,
      runAsUser: server.user,
      runAsGroup: server.user,
      fsGroup: server.user,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    }),
    containerSecurityContext: ref('containerSecurity', 'Security context of the container.'),
    podLabels: labels('Further labels of the pod.'),
    podAnnotations: annotations('Further annotations of the pod.'),
  };
}

/** Who asks a server for a password. */
export function auth(server: string): Schema {
  return object(`Password of ${server}, which has none by itself.`, {
    existingSecret: objectName(
      "Secret with `web.yml` (the server's `--web.config.file`, with `basic_auth_users`) and one of these users as `username` and `password`, for the probes and the other servers. Empty for none.",
    ),
    external: boolean(
      'Whether something before the server asks for a password; allows its route without `existingSecret`.',
      false,
    ),
  });
}
