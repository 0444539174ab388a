import type { TestProject } from 'vitest/node';
import type { ControlPlane } from '../../src/checks/control-plane/control-plane.ts';
import { startPinnedControlPlane } from '../../src/checks/control-plane/pinned.ts';
import { customDefinitionFiles } from '../../src/checks/kubernetes-schemas/custom.ts';
import { kubectl } from '../../src/deploy/kubectl.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The one control plane of this run; a test keeps to a namespace of its own. */
    readonly controlPlane: Pick<ControlPlane, 'kubeconfig' | 'url'> & {
      readonly token: string;
      readonly authority: string;
    };
  }
}

/** Starts etcd and kube-apiserver, with the custom kinds of the chart, once for all files; the returned function ends them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // An interrupted run ends as any other: by exiting, at which the control plane removes itself.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const controlPlane = await startPinnedControlPlane((line) => process.stderr.write(`${line}\n`));
  try {
    await defineCustomKinds(controlPlane);
  } catch (error) {
    // Vitest calls no teardown for a setup that failed.
    await controlPlane.stop();
    throw error;
  }
  project.provide('controlPlane', {
    kubeconfig: controlPlane.kubeconfig,
    url: controlPlane.url,
    token: controlPlane.access.token,
    authority: controlPlane.access.authority.toString('utf8'),
  });
  return () => controlPlane.stop();
}

/** KEDA's and the others' kinds, from their own definitions: no controller acts on them, but the server checks them. */
async function defineCustomKinds({ kubeconfig }: Pick<ControlPlane, 'kubeconfig'>): Promise<void> {
  const files = (await customDefinitionFiles()).flatMap((file) => ['--filename', file]);
  await kubectl({ kubeconfig }, ['apply', '--server-side', ...files]);
  await kubectl({ kubeconfig }, ['wait', 'crd', '--all', '--for=condition=Established', '--timeout=50s']);
}
