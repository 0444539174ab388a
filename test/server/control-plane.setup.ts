import type { TestProject } from 'vitest/node';
import type { ControlPlane } from '../../checks/control-plane/control-plane.ts';
import { startPinnedControlPlane } from '../../checks/control-plane/pinned.ts';
import { defineCustomKinds } from '../support/custom-kinds.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The one control plane of this run; each test uses a separate namespace. */
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
    await defineCustomKinds({ kubeconfig: controlPlane.kubeconfig });
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
