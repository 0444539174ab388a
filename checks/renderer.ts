import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../src/tools/programs.ts';
import { startServer } from './control-plane/server.ts';

/** A running `tools/render`. */
export interface Renderer {
  /** Path of its Unix socket, the value of `AUDIO_PROCESSOR_RENDERER`. */
  readonly socket: string;
  stop(): Promise<void>;
}

/**
 * Starts Helm's engine as a resident process, which ends with this one.
 * @throws {ServerStartError} when it does not answer in 20 s.
 */
export async function startRenderer(note?: (line: string) => void): Promise<Renderer> {
  const file = await program('render', note);
  const folder = await mkdtemp(join(tmpdir(), 'renderer-'));
  const socket = join(folder, 'socket');
  const daemon = await startServer({
    name: 'render',
    file,
    args: [socket],
    logFile: join(folder, 'log'),
    ready: () => connects(socket),
    deadlineMs: 20_000,
  });
  return {
    socket,
    stop: async () => {
      await daemon.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function connects(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => {
      socket.end();
      resolve();
    });
    socket.on('error', reject);
  });
}
