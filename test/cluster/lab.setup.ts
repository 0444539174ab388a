import { readdir } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { TestProject } from 'vitest/node';
import { instance, stateRoot } from '../../lab/cluster/instance.ts';
import { withInstanceLock } from '../../lab/cluster/instance-lock.ts';
import { readSysctls } from '../../lab/cluster/machine-settings.ts';
import { type NodeImage, nodeDown, nodeUp } from '../../lab/cluster/node.ts';
import { mounts } from '../../lab/cluster/proc.ts';
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

/** Not a developer's lab: everything a lab owns derives from its name. Another name lets two runs exist side by side. */
const lab = instance(process.env.AUDIO_PROCESSOR_TEST_LAB || 'audio-processor-test');

/** Undefined when another lab runs, which may come or go at any time. */
let before: unknown;
let letGo: () => void = () => {};

/** Keeps a second run of these tests away from the node of the first, until `letGo`. */
function hold(): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const untilReleased = () => new Promise<void>((release) => resolve(release));
    withInstanceLock(`${lab.name}/tests`, 'the cluster tests', untilReleased).catch(reject);
  });
}

/** Brings the shared node up with every image. What a test run that crashed left of it is removed first. */
export async function setup(project: TestProject): Promise<void> {
  const steps = new Steps();
  letGo = await hold();
  await nodeDown(lab);
  before = await machine();
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
  letGo();
  const after = await machine();
  if (before === undefined || after === undefined) {
    process.stderr.write(
      `not checked, because another lab runs: that ${lab.name} left the machine as it was\n`,
    );
  } else if (!isDeepStrictEqual(after, before)) {
    throw new Error(
      `the lab changed this machine: ${JSON.stringify(before)} became ${JSON.stringify(after)}`,
    );
  }
}

/** What all labs of the machine change together; undefined while there is one. */
async function machine(): Promise<unknown> {
  const labs = await readdir(stateRoot).catch(() => []);
  if (labs.length > 0) return undefined;
  return { sysctls: await readSysctls(), mounts: (await mounts()).map(({ target }) => target).sort() };
}
