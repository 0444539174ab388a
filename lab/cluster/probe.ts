import type { PollResult } from '../../src/process/wait-for.ts';
import type { Cancellation } from './cancellation.ts';
import type { Instance } from './instance.ts';
import { nodeExec } from './node-process.ts';

/**
 * One poll of a health address inside the node: it has a value once the answer is 200.
 * @param tls true: HTTPS with a certificate that nobody vouches for, as the controllers make it for themselves.
 */
export async function healthy(
  inst: Instance,
  target: { readonly port: number; readonly path: string; readonly tls: boolean },
  cancel: Cancellation,
): Promise<PollResult<undefined>> {
  const address = `127.0.0.1:${target.port}`;
  const remote = target.tls ? `OPENSSL:${address},verify=0` : `TCP:${address}`;
  // The server closes the connection; `ignoreeof`, because many servers give up a request whose client stops sending.
  const { stdout } = await nodeExec(inst, ['socat', '-t', '0.05', '-T', '5', '-,ignoreeof', remote], {
    input: `GET ${target.path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    timeoutMs: 10_000,
    ...cancel,
  });
  const [line = '', status] = /^HTTP\/\S+ (\d+).*/.exec(stdout) ?? [];
  return status === '200'
    ? { value: undefined }
    : { observed: `${target.path} at ${address} answered ${line || 'nothing'}` };
}
