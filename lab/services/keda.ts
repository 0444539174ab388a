import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { run } from '../../src/process/run.ts';
import { goModuleDirectory } from '../../src/tools/go-module.ts';
import { program } from '../../src/tools/programs.ts';
import versions from '../../versions.json' with { type: 'json' };
import { applyAddons } from '../cluster/addons.ts';
import { type Cancellation, cancelling } from '../cluster/cancellation.ts';
import type { Instance } from '../cluster/instance.ts';
import { clusterServerPem, type ServerPem } from '../cluster/pki.ts';

/** Where KEDA runs; its own manifests name it. */
export const kedaNamespace = 'keda';

/** Names under which the node's containerd has KEDA's three programs. */
export interface KedaImages {
  readonly operator: string;
  readonly adapter: string;
  readonly webhooks: string;
}

/** The Secret that all three mount, by KEDA's own manifests. */
const certificates = 'kedaorg-certs';

/** Service of each program, by which the others and the API server reach it. */
const services = ['keda-operator', 'keda-metrics-apiserver', 'keda-admission-webhooks'];

/** KEDA's own manifests, in its module under `config/`: what has to be there first comes first. */
const files = [
  'crd/bases/keda.sh_scaledobjects.yaml',
  'crd/bases/keda.sh_scaledjobs.yaml',
  'crd/bases/keda.sh_triggerauthentications.yaml',
  'crd/bases/keda.sh_clustertriggerauthentications.yaml',
  'crd/bases/eventing.keda.sh_cloudeventsources.yaml',
  'crd/bases/eventing.keda.sh_clustercloudeventsources.yaml',
  'general/namespace.yaml',
  'service_account/service_account.yaml',
  'rbac/role.yaml',
  'rbac/role_binding.yaml',
  'metrics-server/role.yaml',
  'metrics-server/role_binding.yaml',
  'manager/service.yaml',
  'metrics-server/service.yaml',
  'webhooks/service.yaml',
  'manager/manager.yaml',
  'metrics-server/deployment.yaml',
  'webhooks/webhooks.yaml',
  'metrics-server/api_service.yaml',
  'webhooks/validation_webhooks.yaml',
];

/**
 * KEDA as its project ships it, running: operator, metrics adapter, admission webhooks. Repeating it changes certificates
 * only.
 * @throws {WaitError} when the API server refuses an object for 60 s; {CommandError} when a part is not available after 180 s.
 */
export async function deployKeda(
  inst: Instance,
  images: KedaImages,
  cancel: Cancellation = {},
): Promise<void> {
  const hosts = services.flatMap((name) =>
    [kedaNamespace, `${kedaNamespace}.svc`, `${kedaNamespace}.svc.cluster.local`].map(
      (end) => `${name}.${end}`,
    ),
  );
  const pem = await clusterServerPem(inst, 'keda', hosts, cancel);
  const version = versions.customResources.keda;
  const folder = join(await goModuleDirectory('github.com/kedacore/keda/v2', version), 'config');
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const shipped = texts
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject | null))
    .filter((object) => object !== null);
  const own = shipped.map((object) => adapted(object, images, pem));
  await applyAddons(
    inst,
    own.flatMap((object) => (object.kind === 'Namespace' ? [object, secret(pem)] : [object])),
    cancel,
  );
  const wait = async (...args: readonly string[]) =>
    run(
      await program('kubectl'),
      ['--kubeconfig', inst.kubeconfig, 'wait', '--for=condition=Available', '--timeout=180s', ...args],
      { timeoutMs: 200_000, ...cancelling(cancel) },
    );
  await wait('deployments', '--all', '--namespace', kedaNamespace);
  await wait('apiservice/v1beta1.external.metrics.k8s.io');
}

/** Removes KEDA but for its kinds. Delete what it scales first: only KEDA removes the finalizer of a ScaledObject. */
export async function withdrawKeda(inst: Instance, cancel: Cancellation = {}): Promise<void> {
  const objects = [
    'apiservice/v1beta1.external.metrics.k8s.io',
    'validatingwebhookconfiguration/keda-admission',
    `namespace/${kedaNamespace}`,
  ];
  const args = ['--kubeconfig', inst.kubeconfig, 'delete', '--ignore-not-found', '--timeout=60s', ...objects];
  await run(await program('kubectl'), args, { timeoutMs: 90_000, ...cancelling(cancel) });
}

function secret({ authority, certificate, key }: ServerPem): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: certificates, namespace: kedaNamespace },
    stringData: { 'ca.crt': authority, 'tls.crt': certificate, 'tls.key': key },
  };
}

interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly livenessProbe: object;
  readonly readinessProbe: object;
}

/** What differs in the lab: images, certificates that exist already, and no delay before the first probe. */
function adapted(object: KubernetesObject, images: KedaImages, { authority }: ServerPem): KubernetesObject {
  const caBundle = Buffer.from(authority).toString('base64');
  if (object.kind === 'APIService') return { ...object, spec: { ...(object.spec as object), caBundle } };
  if (object.kind === 'ValidatingWebhookConfiguration') {
    const webhooks = object.webhooks as readonly { readonly clientConfig: object }[];
    const known = webhooks.map((one) => ({ ...one, clientConfig: { ...one.clientConfig, caBundle } }));
    return { ...object, webhooks: known };
  }
  if (object.kind !== 'Deployment') return object;
  const spec = object.spec as {
    readonly template: { readonly spec: { readonly containers: readonly [Container] } };
  };
  const [container] = spec.template.spec.containers;
  const image = {
    'keda-operator': images.operator,
    'keda-metrics-apiserver': images.adapter,
    'keda-admission-webhooks': images.webhooks,
  }[container.name];
  if (image === undefined)
    throw new Error(`KEDA runs a program that the lab has no image of: ${container.name}`);
  const pod = {
    ...spec.template.spec,
    containers: [
      {
        ...container,
        image,
        imagePullPolicy: 'IfNotPresent',
        // One operator needs no election, which takes 15 s; its certificates are made here.
        args: container.args.filter((one) => !/^--(leader-elect|enable-cert-rotation)/.test(one)),
        livenessProbe: { ...container.livenessProbe, initialDelaySeconds: 30, timeoutSeconds: 5 },
        readinessProbe: {
          ...container.readinessProbe,
          initialDelaySeconds: 0,
          periodSeconds: 1,
          timeoutSeconds: 5,
        },
        resources: {},
      },
    ],
  };
  return { ...object, spec: { ...spec, template: { ...spec.template, spec: pod } } };
}
