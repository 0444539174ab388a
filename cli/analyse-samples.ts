import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFeatures, type Features } from '../lab/samples/expected.ts';
import { S3 } from '../lab/services/s3.ts';
import { submit, waitForTask } from '../src/deploy/api-client.ts';
import { type ForwardTarget, withForward } from '../src/deploy/forward.ts';
import type { Cluster } from '../src/kubernetes/kubectl.ts';
import type { Steps } from '../src/report/steps.ts';
import { repositoryRoot } from '../src/tools/versions.ts';

/** One sample that went through API, broker and worker, and what came out. */
export interface AnalysedSample {
  readonly sample: string;
  readonly taskId: string;
  readonly status: string;
  readonly features: Features;
  /** Where the features differ from the closed forms; empty when all is right. */
  readonly mismatches: readonly string[];
}

/** Everything needed to send samples through the service and to read what came out. */
interface Route {
  readonly cluster: Cluster;
  readonly api: ForwardTarget;
  readonly services: { readonly bucket: string; readonly accessKey: string; readonly secretKey: string };
  readonly servicesNamespace: string;
  readonly steps: Steps;
  readonly signal: AbortSignal;
}

/** Uploads `examples/audio/*.wav`, submits each, waits for all, reads the manifests and compares them with the closed forms. */
export async function analyseSamples(route: Route): Promise<readonly AnalysedSample[]> {
  const folder = join(repositoryRoot, 'examples/audio');
  const samples = (await readdir(folder)).filter((name) => name.endsWith('.wav')).sort();
  const s3Service = { namespace: route.servicesNamespace, resource: 'service/s3', port: 7070 };
  const { bucket } = route.services;
  return withForward(route.cluster, s3Service, async (endpoint) => {
    const s3 = new S3({ endpoint, ...route.services });
    const outcomes = await route.steps.step(`analyse ${samples.length} samples`, () =>
      withForward(route.cluster, route.api, async (api) =>
        Promise.all(
          samples.map(async (sample) => {
            const videoId = sample.replace(/\.wav$/, '');
            await s3.put(`samples/${sample}`, await readFile(join(folder, sample)));
            const request = { video_id: videoId, audio_uri: `s3://${bucket}/samples/${sample}` };
            const taskId = await submit(api, request, route.signal);
            const task = await waitForTask(api, taskId, { deadlineMs: 120_000, signal: route.signal });
            if (task.status !== 'completed')
              throw new Error(`${sample}: task ${taskId} ${task.status}: ${task.error}`);
            const manifest = await s3.get(`default/manifests/${videoId}.json`);
            const { features } = JSON.parse(manifest.toString('utf8')) as { features: Features };
            return {
              sample,
              taskId,
              status: task.status,
              features,
              mismatches: checkFeatures(videoId, features),
            };
          }),
        ),
      ),
    );
    describe(outcomes, route.steps);
    return outcomes;
  });
}

/** The features that a person checks at a glance, a line a sample. */
function describe(outcomes: readonly AnalysedSample[], steps: Steps): void {
  const row = (cells: readonly string[]) =>
    `  ${cells.map((cell, index) => cell.padEnd(index === 0 ? 20 : 11)).join('')}`;
  const number = (value: number | null, unit: string) =>
    value === null ? '-' : `${value.toFixed(1)} ${unit}`;
  steps.line(row(['sample', 'RMS', 'loudness', 'mel peak', 'chroma', 'MFCC 1', 'closed form']));
  for (const { sample, features, mismatches } of outcomes) {
    const { loudness, mel, chroma, mfcc } = features;
    steps.line(
      row([
        sample,
        number(loudness.rms_dbfs, 'dB'),
        number(loudness.integrated_lufs, 'LUFS'),
        number(mel.peak_hz, 'Hz'),
        chroma.peak_class ?? '-',
        number(mfcc.mean[1] ?? null, ''),
        mismatches.length === 0 ? 'matches' : `WRONG: ${mismatches.join('; ')}`,
      ]),
    );
  }
}
