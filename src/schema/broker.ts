import versions from '../../versions.json' with { type: 'json' };
import { watchedQueues } from './broker-exporter.ts';
import { annotations, duration, labels, objectName, pullSecrets, quantity } from './fragments.ts';
import { boolean, integer, object, passthrough, type Schema, string } from './kit.ts';
import { standaloneImage, standaloneProbe, standaloneResources, standaloneScheduling } from './standalone.ts';

const hostAndPort = '[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[0-9]{1,5}';

/** Connection to a broker outside the release; the URLs with the password are in the Secret. */
const external: Schema = object(
  'An external broker, with `mode: external`. Its URLs are in the Secret and need no parameters: `rediss://` is TLS with verification.',
  {
    address: string(
      '`host:port` of the broker, or of each Sentinel separated by commas, for KEDA (`address`, `addresses`). Celery uses the URLs of the Secret instead.',
      '',
      {
        pattern: `^(${hostAndPort}(,${hostAndPort})*)?$`,
        examples: ['redis.data.svc:6379'],
      },
    ),
    database: integer(
      'Database number at the end of CELERY_BROKER_URL, for KEDA (`databaseIndex`) and the exporter.',
      0,
      { minimum: 0 },
    ),
    tls: object('TLS to the broker and its Sentinels.', {
      enabled: boolean(
        'Require TLS: every URL must be `rediss://` or `sentinel://`, or the process exits with an error (AUDIO_PROCESSOR_BROKER_TLS).',
        false,
      ),
      checkHostname: boolean(
        'Verify that the certificate is valid for the host name (`ssl_check_hostname`); false where Sentinels return IP addresses.',
        true,
      ),
      ca: object('Certificate authority of the broker.', {
        secret: objectName(
          "Secret with the certificate of the authority (`ssl_ca_certs`); empty for the image's trusted authorities.",
        ),
        key: string('Key of the certificate in that Secret (`items.key`).', 'ca.crt', {
          pattern: '^[-._A-Za-z0-9]+$',
        }),
      }),
      clientCertificate: object('Client certificate for a broker that requires one.', {
        secret: objectName(
          'Secret of the type kubernetes.io/tls (`ssl_certfile`, `ssl_keyfile`); empty for none.',
        ),
      }),
    }),
    sentinel: object('Master of the Sentinels, for URLs with `sentinel://`.', {
      masterName: string('Name of the master (`master_name`); empty without Sentinels.', '', {
        pattern: '^[-._A-Za-z0-9]*$',
      }),
      login: boolean('Send the password of the URL to the Sentinels as well (`sentinel_kwargs`).', false),
    }),
  },
);

/** The broker: a single Valkey in the release, or an external one. */
export const brokerSection: Schema = object(
  'Message broker and result backend of Celery. No value outside this section restarts the embedded broker.',
  {
    mode: string(
      '`embedded`: a StatefulSet with one Valkey. `external`: CELERY_BROKER_URL and CELERY_RESULT_BACKEND of the Secret.',
      'embedded',
      { enum: ['embedded', 'external'] },
    ),
    external,
    watchedQueues,
    image: standaloneImage('the embedded broker', versions.images.broker),
    pullSecrets: pullSecrets('Image pull secrets of the broker by name (`imagePullSecrets`).'),
    resources: standaloneResources(
      { cpu: '100m', memory: '512Mi', 'ephemeral-storage': '64Mi' },
      { memory: '1Gi', 'ephemeral-storage': '256Mi' },
    ),
    maxmemoryPercent: integer(
      'Percentage of the memory limit that data may use (`maxmemory`); the rest is for the rewrite of the append-only file and for buffers.',
      60,
      { minimum: 1, maximum: 60 },
    ),
    persistence: object('Storage of the append-only file.', {
      enabled: boolean(
        'true: a PersistentVolumeClaim, which remains after an uninstall. false: an `emptyDir`, lost with the pod.',
        true,
      ),
      size: quantity(
        'Size of the claim (`resources.requests.storage`), or of the `emptyDir` (`sizeLimit`).',
        '8Gi',
      ),
      storageClass: objectName(
        'StorageClass of the claim (`storageClassName`); empty for the cluster default.',
      ),
      existingClaim: objectName('Existing claim (`claimName`), instead of the one that the chart creates.'),
    }),
    probes: object('Probes; each sends PING to the server (`exec`).', {
      startup: standaloneProbe('startup', 'until the append-only file is loaded', {
        period: '5s',
        timeout: '5s',
        failures: 120,
      }),
      readiness: standaloneProbe('readiness', 'whether the Service sends clients to the pod', {
        period: '10s',
        timeout: '5s',
        failures: 3,
      }),
      liveness: standaloneProbe(
        'liveness',
        'restarts a broker that hangs. A restart interrupts submissions and results for some seconds, so it reacts slowly',
        {
          period: '20s',
          timeout: '10s',
          failures: 6,
        },
      ),
    }),
    grace: duration(
      'Termination grace period (`terminationGracePeriodSeconds`), in which the broker writes the append-only file.',
      '60s',
    ),
    scheduling: standaloneScheduling(),
    podSecurityContext: passthrough(
      "Security context of the broker's pod (`securityContext`); the user of the image.",
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
      "Security context of the broker's container (`securityContext`).",
      'io.k8s.api.core.v1.SecurityContext',
      {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    ),
    podLabels: labels("Additional labels of the broker's pod (`metadata.labels`)."),
    podAnnotations: annotations("Additional annotations of the broker's pod (`metadata.annotations`)."),
  },
);
