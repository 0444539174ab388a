import type { TestProject } from 'vitest/node';
import { instance } from '../../lab/cluster/instance.ts';
import { readSysctls } from '../../lab/cluster/machine-settings.ts';
import { type NodeImage, nodeDown, nodeUp } from '../../lab/cluster/node.ts';
import { allLabImages } from '../../lab/images/catalog.ts';
import { Steps } from '../../src/report/steps.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Name of the lab that the cluster tests share. */
    readonly labInstance: string;
    /** Its kubeconfig. */
    readonly labKubeconfig: string;
    /** What was loaded into it. */
    readonly labImages: readonly NodeImage[];
  }
}

/** Not a developer's lab: everything a lab owns derives from its name. */
const lab = instance('audio-processor-test');

let before: Readonly<Record<string, string>> = {};

/** Brings the shared node up with every image. What a test run that crashed left of it is removed first. */
export async function setup(project: TestProject): Promise<void> {
  const steps = new Steps();
  await nodeDown(lab);
  before = await readSysctls();
  try {
    const images = await steps.step('images', (note) => allLabImages(note));
    await nodeUp(lab, { steps, images: Object.values(images) });
    project.provide('labImages', Object.values(images));
  } catch (error) {
    // Vitest calls no teardown for a setup that failed.
    await nodeDown(lab);
    throw error;
  }
  project.provide('labInstance', lab.name);
  project.provide('labKubeconfig', lab.kubeconfig);
}

/** Removes the node and sees to it that the machine is as it was. */
export async function teardown(): Promise<void> {
  await nodeDown(lab);
  const after = await readSysctls();
  if (JSON.stringify(after) !== JSON.stringify(before)) {
    throw new Error(
      `the lab changed this machine: ${JSON.stringify(before)} became ${JSON.stringify(after)}`,
    );
  }
}
