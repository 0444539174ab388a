import { connect } from 'node:net';
import type { PollResult } from '../../src/process/wait-for.ts';
import { ports, sockets } from './addresses.ts';
import type { Instance } from './instance.ts';
import { type NodeProcess, nodeExec } from './node-process.ts';

/**
 * The way from the host to the API server, in two processes that meet at a unix socket in the node's /run:
 * one runs in the node's network, the other in the machine's, on the loopback address only.
 * The API server's certificate check guards it: other users of the machine can connect but not get in.
 */
export function forwards(inst: Instance): readonly [NodeProcess, NodeProcess] {
  const inner: NodeProcess = {
    name: 'forward-inside',
    command: ['socat', `UNIX-LISTEN:${sockets.apiServer},fork,mode=600`, `TCP:127.0.0.1:${ports.apiServer}`],
    ready: async (cancel) => {
      await nodeExec(inst, ['test', '-S', sockets.apiServer], { timeoutMs: 5_000, ...cancel });
      return { value: undefined };
    },
    deadlineMs: 10_000,
  };
  const outer: NodeProcess = {
    name: 'forward-outside',
    command: [
      'socat',
      `TCP-LISTEN:${inst.apiPort},bind=127.0.0.1,reuseaddr,fork`,
      `UNIX-CONNECT:${sockets.apiServer}`,
    ],
    hostNetwork: true,
    ready: () => accepts(inst.apiPort),
    deadlineMs: 10_000,
  };
  return [inner, outer];
}

/** One poll at whether something listens on a port of the host's loopback. */
export function accepts(port: number): Promise<PollResult<undefined>> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 2_000 });
    const settle = (poll: PollResult<undefined>) => {
      socket.destroy();
      resolve(poll);
    };
    socket.once('connect', () => settle({ value: undefined }));
    socket.once('timeout', () => settle({ observed: `127.0.0.1:${port} does not answer` }));
    socket.once('error', (error) => settle({ observed: error.message }));
  });
}
