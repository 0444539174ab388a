import { beforeAll, describe, expect, it } from 'vitest';
import { HelmError } from '../../src/chart/helm.ts';
import {
  history,
  type ReleaseOptions,
  rollback,
  status,
  uninstall,
  upgradeInstall,
} from '../../src/chart/release.ts';
import { cluster, freshNamespace } from './support.ts';

describe('a release', () => {
  let release: ReleaseOptions;
  beforeAll(async () => {
    release = { ...cluster(), release: 'audio-processor', namespace: await freshNamespace() };
  });
  const revisions = async () =>
    (await history(release)).map(({ revision, status: state }) => `${revision} ${state}`);

  it('that was never made has neither status nor history, and nothing to uninstall', async () => {
    expect(await status(release)).toBeUndefined();
    expect(await history(release)).toEqual([]);
    await expect(uninstall(release)).resolves.toBeUndefined();
  });

  it('is installed, upgraded and rolled back, with its history in order', async () => {
    const first = await upgradeInstall({ ...release, wait: false, values: { image: { tag: 'v1' } } });
    expect(first).toMatchObject({ name: 'audio-processor', revision: 1, status: 'deployed' });
    expect(first.notes).not.toBe('');
    await upgradeInstall({ ...release, wait: false, values: { image: { tag: 'v2' } } });
    await rollback({ ...release, wait: false });
    expect(await revisions()).toEqual(['1 superseded', '2 superseded', '3 deployed']);
    expect(await status(release)).toMatchObject({ revision: 3, status: 'deployed' });
  });

  it('cannot be rolled back to a revision that it never had', async () => {
    await expect(rollback({ ...release, wait: false, revision: 99 })).rejects.toThrow(HelmError);
  });

  it('is deleted when it is uninstalled', async () => {
    await uninstall({ ...release, wait: false });
    expect(await status(release)).toBeUndefined();
  });

  it('on a server that does not answer is an error, not an absent release', async () => {
    const { context: _context, ...rest } = release;
    await expect(status({ ...rest, kubeconfig: '/dev/null' })).rejects.toThrow(HelmError);
  });
});
