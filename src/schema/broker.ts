import versions from '../../versions.json' with { type: 'json' };
import { watchedQueues } from './broker-exporter.ts';
import { annotations, duration, labels, objectName, pullSecrets, quantity } from './fragments.ts';
import { boolean, integer, object, passthrough, type Schema, string } from './kit.ts';
import { standaloneImage, standaloneProbe, standaloneResources, standaloneScheduling } from './standalone.ts';

const hostAndPort = '[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[0-9]{1,5}';

/** What the chart must know of a broker that is not its own; the URLs with the password stay in the Secret. */
const external: Schema = object(
  'A broker of your own, under `mode: external`. Its URLs are in the Secret and need no parameters: `rediss://` means TLS that is verified.',
  {
    address: string(
      '`host:port` of the broker, or of each Sentinel with commas between, as KEDA reaches it. The processes read their URLs instead.',
      '',
      {
        pattern: `^(${hostAndPort}(,${hostAndPort})*)?$`,
        examples: ['redis.data.svc:6379'],
      },
    ),
    database: integer(
      'Number of the database at the end of CELERY_BROKER_URL, for KEDA and the exporter.',
      0,
      { minimum: 0 },
    ),
    tls: object('TLS to the broker, and to its Sentinels.', {
      enabled: boolean(
        'Whether every URL must be `rediss://` (or `sentinel://`): a worker with another one ends and says so.',
        false,
      ),
      checkHostname: boolean(
        'Whether the certificate must carry the name that was called; false where Sentinels answer with addresses.',
        true,
      ),
      ca: object('Who signed the certificate of the broker.', {
        secret: objectName(
          "Secret with the authority's certificate; empty for the authorities of the image.",
        ),
        key: string('Its key.', 'ca.crt', { pattern: '^[-._A-Za-z0-9]+$' }),
      }),
      clientCertificate: object('The certificate that the broker asks for, if it does.', {
        secret: objectName('Secret of the type kubernetes.io/tls; empty for none.'),
      }),
    }),
    sentinel: object('The master behind Sentinels, for URLs that begin with `sentinel://`.', {
      masterName: string('Name under which the Sentinels know the master; empty without Sentinels.', '', {
        pattern: '^[-._A-Za-z0-9]*$',
      }),
      login: boolean('Whether the Sentinels ask for the password of the URL as well.', false),
    }),
  },
);

/** The broker: a single Valkey inside the release, or one of the user's own. */
export const brokerSection: Schema = object(
  'Message broker and result store. Nothing outside this section restarts the embedded one.',
  {
    mode: string(
      '`embedded`: one Valkey in the release. `external`: CELERY_BROKER_URL and CELERY_RESULT_BACKEND of the Secret.',
      'embedded',
      { enum: ['embedded', 'external'] },
    ),
    external,
    watchedQueues,
    image: standaloneImage('the embedded broker', versions.images.broker),
    pullSecrets: pullSecrets("Names of the image pull secrets of the broker's pod."),
    resources: standaloneResources(
      { cpu: '100m', memory: '512Mi', 'ephemeral-storage': '64Mi' },
      { memory: '1Gi', 'ephemeral-storage': '256Mi' },
    ),
    maxmemoryPercent: integer(
      'Share of the memory limit that data may take; the rest is for the rewrite of the append-only file and for buffers.',
      60,
      { minimum: 1, maximum: 60 },
    ),
    persistence: object('Where the append-only file lives.', {
      enabled: boolean('true: a claim that outlives the release. false: emptyDir, lost with the pod.', true),
      size: quantity('Size of the claim, or limit of the emptyDir.', '8Gi'),
      storageClass: objectName('StorageClass of the claim; empty for the cluster default.'),
      existingClaim: objectName('Claim of your own, instead of the one that the chart makes.'),
    }),
    probes: object('Probes; each asks the server for PING.', {
      startup: standaloneProbe('Covers loading of the append-only file.', {
        period: '5s',
        timeout: '5s',
        failures: 120,
      }),
      readiness: standaloneProbe('Whether clients are sent here.', {
        period: '10s',
        timeout: '5s',
        failures: 3,
      }),
      liveness: standaloneProbe(
        'A restart stops submissions and results for some seconds, so it is slow to judge.',
        {
          period: '20s',
          timeout: '10s',
          failures: 6,
        },
      ),
    }),
    grace: duration('Time to write the append-only file and stop.', '60s'),
    scheduling: standaloneScheduling(),
    podSecurityContext: passthrough(
      "Security context of the broker's pod; the image's own user.",
      'io.k8s.api.core.v1.PodSecurityContext',
      {
        runAsNonRoot: true,
        runAsUser: 999,
        runAsGroup: 999,
        fsGroup: 999,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
    ),
    containerSecurityContext: passthrough(
      "Security context of the broker's container.",
      'io.k8s.api.core.v1.SecurityContext',
      {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    ),
    podLabels: labels("Further labels of the broker's pod."),
    podAnnotations: annotations("Further annotations of the broker's pod."),
  },
);
