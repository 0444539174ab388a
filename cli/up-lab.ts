import { join } from 'node:path';
import { waitForMetrics } from '../lab/cluster/addons.ts';
import { type Instance, instance } from '../lab/cluster/instance.ts';
import { withInstanceLock } from '../lab/cluster/instance-lock.ts';
import { nodeUp } from '../lab/cluster/node.ts';
import { labPrerequisites } from '../lab/cluster/preflight.ts';
import { nodeProgramNames } from '../lab/cluster/programs.ts';
import { allLabImages, imagePrograms } from '../lab/images/catalog.ts';
import { deployServices } from '../lab/services/services.ts';
import { renderChart } from '../src/chart/helm.ts';
import type { ForwardTarget } from '../src/deploy/forward.ts';
import { parseImageReference } from '../src/deploy/image-reference.ts';
import { install } from '../src/deploy/install.ts';
import { ensureNamespace } from '../src/deploy/namespace.ts';
import { makeSecretOnce, randomPassword } from '../src/deploy/secrets.ts';
import type { Cluster } from '../src/kubernetes/kubectl.ts';
import { run } from '../src/process/run.ts';
import type { Steps } from '../src/report/steps.ts';
import { program, programs } from '../src/tools/programs.ts';
import { repositoryRoot } from '../src/tools/versions.ts';
import { type AnalysedSample, analyseSamples } from './analyse-samples.ts';
import { apiService, monitoringPages, type Page } from './services.ts';
import type { UpOptions } from './up.ts';

/** Namespace of the lab's own services: S3 and MasterML. */
const servicesNamespace = 'lab-services';

/** What `up` in the lab did. */
export interface LabOutcome {
  readonly ok: boolean;
  readonly instance: string;
  readonly kubeconfig: string;
  readonly namespace: string;
  readonly release: string;
  readonly samples: readonly AnalysedSample[];
}

/** From nothing to an analysed sound on a real node of this machine. Every step finds out by itself what is already there. */
export async function upInLab(options: UpOptions, steps: Steps, signal: AbortSignal): Promise<LabOutcome> {
  const lab = instance(options.name);
  // Over all of `up`, not only over its node: a second `up` would take this one's Helm for a killed one.
  return withInstanceLock(`${lab.name}/up`, 'up', () => bringUp(lab, options, steps, signal));
}

async function bringUp(
  lab: Instance,
  options: UpOptions,
  steps: Steps,
  signal: AbortSignal,
): Promise<LabOutcome> {
  const { namespace, release } = options;
  const own = ['environments/local.yaml', 'lab/overlays/watched.yaml'];
  const valuesFiles = [...own.map((file) => join(repositoryRoot, file)), ...options.values];
  await steps.step('what this machine lacks', (note) => labPrerequisites(lab, note));
  // The install comes after minutes of building: values that do not render are refused now.
  await steps.step('values', () => renderChart({ release, namespace, valuesFiles }));
  const needed = [...nodeProgramNames, ...imagePrograms, 'helm', 'kubectl'] as const;
  await steps.step('programs', (note) => programs(needed, note, signal));
  const images = await steps.step('images', (note) => allLabImages(note, signal));
  await nodeUp(lab, { steps, images: Object.values(images), signal, metrics: 'later' });

  const cluster: Cluster = { kubeconfig: lab.kubeconfig };
  const services = await steps.step('S3 and MasterML', () =>
    deployServices({
      kubeconfig: lab.kubeconfig,
      namespace: servicesNamespace,
      images: { versitygw: images.versitygw.name, masterml: images.masterml.name },
      signal,
    }),
  );
  await steps.step(`namespace ${namespace} and its Secrets`, async (note) => {
    note(`namespace ${await ensureNamespace(cluster, namespace)}`);
    const secret = await makeSecretOnce(cluster, namespace, 'ml-service-secrets', () => ({
      S3_ACCESS_KEY: services.accessKey,
      S3_SECRET_KEY: services.secretKey,
      REDIS_PASSWORD: randomPassword(),
      // For an overlay that enables Flower.
      FLOWER_BASIC_AUTH: `flower:${randomPassword()}`,
    }));
    note(`Secret ml-service-secrets ${secret}`);
    const state = await makeSecretOnce(cluster, namespace, 'monitoring-secrets', () => ({
      ALERTMANAGER_WEBHOOK_URL: `${services.mastermlUrl}/alerts`,
      // For an overlay that enables the heartbeat.
      ALERTMANAGER_HEARTBEAT_URL: `${services.mastermlUrl}/alerts`,
      // For an overlay that enables Grafana.
      GRAFANA_ADMIN_USER: 'admin',
      GRAFANA_ADMIN_PASSWORD: randomPassword(),
    }));
    note(`Secret monitoring-secrets ${state}`);
  });
  const manifests = await steps.step(`install ${release}`, (note) =>
    install(
      {
        cluster,
        release,
        namespace,
        valuesFiles,
        values: labValues(images['reference-app'].name, services),
        timeoutSeconds: options.timeout,
        interrupted: 'forget',
        signal,
      },
      note,
    ),
  );
  const api = apiService(manifests, namespace);
  const samples = await analyseSamples({ cluster, api, services, servicesNamespace, steps, signal });
  await steps.step('resource metrics', () => waitForMetrics(lab, { signal }));
  describeAccess(lab, { api, pages: monitoringPages(manifests, namespace) }, await kubectlForPeople(), steps);
  return {
    ok: samples.every((sample) => sample.mismatches.length === 0),
    instance: lab.name,
    kubeconfig: lab.kubeconfig,
    namespace,
    release,
    samples,
  };
}

/** What differs between a user's own small cluster (`environments/local`) and the lab: where image, S3 and MasterML are */
function labValues(
  image: string,
  services: { s3Endpoint: string; mastermlUrl: string; bucket: string },
): object {
  return {
    image: parseImageReference(image),
    app: {
      s3: { endpoint: services.s3Endpoint, bucket: services.bucket },
      masterml: { url: services.mastermlUrl },
    },
  };
}

function describeAccess(
  lab: Instance,
  { api, pages }: { readonly api: ForwardTarget; readonly pages: readonly Page[] },
  client: string,
  steps: Steps,
): void {
  const kubectl = `${client} --kubeconfig ${lab.kubeconfig}`;
  const { namespace } = api;
  const monitoring = pages.flatMap(({ title, path, port, ...page }) => [
    `  ${title}\n          ${kubectl} --namespace ${page.namespace} port-forward ${page.resource} ${port}`,
    `          then http://127.0.0.1:${port}${path}`,
  ]);
  steps.line(`
The node runs in a separate network namespace; this machine reaches it through its API server:
  pods    ${kubectl} --namespace ${namespace} get pods
  API     ${kubectl} --namespace ${namespace} port-forward ${api.resource} 8000:${api.port}
          then http://127.0.0.1:8000/docs
  S3      ${kubectl} --namespace ${servicesNamespace} port-forward service/s3 7070
${monitoring.join('\n')}
Times:
${steps.times.map(({ title, seconds }) => `  ${seconds.toFixed(1).padStart(7)} s  ${title}`).join('\n')}
  ${steps.totalSeconds.toFixed(1).padStart(7)} s  in all
npm run down removes all of it.`);
}

/** How a person starts kubectl here: the plain name where the PATH has one, otherwise the cached program. */
async function kubectlForPeople(): Promise<string> {
  try {
    await run('kubectl', ['version', '--client'], { timeoutMs: 10_000 });
    return 'kubectl';
  } catch {
    return program('kubectl');
  }
}
