import { annotations, objectName } from './fragments.ts';
import { boolean, object, passthrough, type Schema } from './kit.ts';

/** Identity and security contexts of the application's pods. */
export const securitySection: Schema = object("Identity and security contexts of the application's pods.", {
  serviceAccount: object(
    "ServiceAccount of the application's pods; its token is never mounted, because the application does not use the Kubernetes API.",
    {
      create: boolean('Create the ServiceAccount.', true),
      name: objectName(
        'Name of the ServiceAccount (`serviceAccountName`); empty for `ml-service-sa` with the prefix of the release, or `default` if it is not created.',
      ),
      annotations: annotations('Annotations of the ServiceAccount (`metadata.annotations`).'),
    },
  ),
  podSecurityContext: passthrough(
    'Security context of the pods (`securityContext`).',
    'io.k8s.api.core.v1.PodSecurityContext',
    {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
  ),
  containerSecurityContext: passthrough(
    'Security context of the containers (`securityContext`).',
    'io.k8s.api.core.v1.SecurityContext',
    {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  ),
});
