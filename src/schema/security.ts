import { annotations, objectName } from './fragments.ts';
import { boolean, object, passthrough, type Schema } from './kit.ts';

/** Under which identity and with which rights API and workers run. */
export const securitySection: Schema = object("Identity and rights of the application's pods.", {
  serviceAccount: object(
    "ServiceAccount of the application's pods; its token is never mounted: the application does not talk to Kubernetes.",
    {
      create: boolean('Whether the chart makes it.', true),
      name: objectName(
        'Its name; empty for `ml-service-sa` (with the release prefix), or `default` if it is not made.',
      ),
      annotations: annotations('Annotations of the ServiceAccount.'),
    },
  ),
  podSecurityContext: passthrough('Security context of the pods.', 'io.k8s.api.core.v1.PodSecurityContext', {
    runAsNonRoot: true,
    runAsUser: 1000,
    runAsGroup: 1000,
    fsGroup: 1000,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  }),
  containerSecurityContext: passthrough(
    'Security context of the containers.',
    'io.k8s.api.core.v1.SecurityContext',
    {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  ),
});
