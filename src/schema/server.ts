import { annotations, duration, labels, objectName, pullSecrets, quantity } from './fragments.ts';
import { boolean, integer, object, passthrough, ref, type Schema, string } from './kit.ts';
import { standaloneImage, standaloneResources, standaloneScheduling } from './standalone.ts';

/** Shapes that the three servers have in common, once in each schema; each reference has the defaults of its server. */
export const serverDefinitions = {
  serverPersistence: {
    ...object('Storage of the data.', {
      enabled: boolean(
        'true: a PersistentVolumeClaim, which remains after an uninstall. false: an `emptyDir`, lost with the pod.',
        true,
      ),
      size: quantity(
        'Size of the claim (`resources.requests.storage`), or of the `emptyDir` (`sizeLimit`).',
        '1Gi',
      ),
      storageClass: objectName(
        'StorageClass of the claim (`storageClassName`); empty for the cluster default.',
      ),
      existingClaim: objectName('Existing claim (`claimName`), instead of the one that the chart creates.'),
    }),
    title: 'ServerPersistence',
  },
  serverService: {
    ...object('The Service.', {
      port: integer('Port of the Service (`ports.port`).', 80, { minimum: 1, maximum: 65535 }),
      annotations: annotations('Annotations of the Service (`metadata.annotations`).'),
    }),
    title: 'ServerService',
  },
  containerSecurity: {
    ...passthrough(
      'Security context of the container (`securityContext`).',
      'io.k8s.api.core.v1.SecurityContext',
      {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    ),
    title: 'ContainerSecurity',
  },
} as const satisfies Readonly<Record<string, Schema>>;

/** Facts of a server that its values need. */
export interface Server {
  /** With registry, repository and tag, as `versions.json` names it. */
  readonly image: string;
  readonly port: number;
  /** Numeric user of the image. */
  readonly user: number;
  readonly memory: { readonly request: string; readonly limit: string };
  /** Limit of ephemeral storage; it has the data where there is no claim. */
  readonly disk: string;
  readonly persistence: { readonly enabled: boolean; readonly size: string };
  readonly grace: string;
}

/** Values that every server has, in the order of docs. */
export function serverValues(server: Server): Readonly<Record<string, Schema>> {
  return {
    fullnameOverride: string(
      'Name of the server and prefix of the names of its objects (`metadata.name`), instead of the name of the chart.',
      '',
      { pattern: '^([a-z]([-a-z0-9]*[a-z0-9])?)?$', maxLength: 49 },
    ),
    image: standaloneImage('the server', server.image),
    pullSecrets: pullSecrets('Image pull secrets by name (`imagePullSecrets`).'),
    resources: standaloneResources(
      { cpu: '50m', memory: server.memory.request, 'ephemeral-storage': '64Mi' },
      { memory: server.memory.limit, 'ephemeral-storage': server.disk },
    ),
    persistence: ref('serverPersistence', 'Storage of the data.', server.persistence),
    grace: duration(
      'Termination grace period (`terminationGracePeriodSeconds`), in which the server writes its data.',
      server.grace,
    ),
    service: ref('serverService', 'The Service.', { port: server.port }),
    scheduling: standaloneScheduling(),
    podSecurityContext: passthrough(
      'Security context of the pod (`securityContext`).',
      'io.k8s.api.core.v1.PodSecurityContext',
      {
        runAsNonRoot: true,
        runAsUser: server.user,
        runAsGroup: server.user,
        fsGroup: server.user,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
    ),
    containerSecurityContext: ref(
      'containerSecurity',
      'Security context of the container (`securityContext`).',
    ),
    podLabels: labels('Additional labels of the pod (`metadata.labels`).'),
    podAnnotations: annotations('Additional annotations of the pod (`metadata.annotations`).'),
  };
}

/** Authentication of a server. */
export function auth(server: string): Schema {
  return object(`Authentication of ${server}, which has none by default.`, {
    existingSecret: objectName(
      'Secret with `web.yml` (`--web.config.file`, with `basic_auth_users`), and with `username` and `password` of one of these users for the probes and the other servers; empty for no authentication.',
    ),
    external: boolean(
      'true: a proxy in front of the server requires a password, so that it may have a route (HTTPRoute, Ingress) without `existingSecret`.',
      false,
    ),
  });
}
