import { programs } from '../../src/tools/programs.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

/**
 * A control plane of the pinned versions; builds its programs when this machine has not got them yet.
 * @throws {ProblemError} when they cannot be built; {ServerStartError} when they do not start.
 */
export async function startPinnedControlPlane(note?: (line: string) => void): Promise<ControlPlane> {
  const paths = await programs(['etcd', 'kube-apiserver'], note);
  return startControlPlane({ etcd: paths.etcd, apiServer: paths['kube-apiserver'] });
}
