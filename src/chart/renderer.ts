import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** One render, in the words of `helm template`; paths are absolute or relative to the renderer's folder. */
export interface RenderRequest {
  readonly chart: string;
  readonly release: string;
  readonly namespace: string;
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  readonly showOnly: readonly string[];
  readonly valuesFiles: readonly string[];
  /** Values over all files, as JSON; empty for none. */
  readonly values: string;
  readonly skipSchema: boolean;
}

/** What Helm printed. */
export interface RenderAnswer {
  readonly output: string;
  /** What `helm install` prints of NOTES.txt. */
  readonly notes: string;
  /** What Helm prints after `Error: `; empty when it succeeded. */
  readonly error: string;
}

/**
 * The socket of a running `tools/render`, from the environment: the tests set it for themselves and for the commands
 * that they start. Without it renders start the helm binary.
 */
export function rendererSocket(): string | undefined {
  return process.env.AUDIO_PROCESSOR_RENDERER || undefined;
}

interface Connection {
  readonly socket: Socket;
  readonly waiting: Map<number, { resolve: (answer: RenderAnswer) => void; reject: (error: Error) => void }>;
}

const connections = new Map<string, Connection>();
let lastId = 0;

/**
 * Sends a request to the renderer at a socket; several requests at once are rendered side by side.
 * @throws {Error} when the renderer is not there or ends before it has answered.
 */
export function renderByServer(path: string, request: RenderRequest): Promise<RenderAnswer> {
  const connection = connections.get(path) ?? open(path);
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    connection.waiting.set(id, { resolve, reject });
    connection.socket.ref();
    connection.socket.write(`${JSON.stringify({ id, ...request })}\n`);
  });
}

function open(path: string): Connection {
  const socket = connect(path);
  const connection: Connection = { socket, waiting: new Map() };
  connections.set(path, connection);
  const close = (reason: string) => {
    connections.delete(path);
    for (const { reject } of connection.waiting.values()) reject(new Error(`renderer at ${path}: ${reason}`));
    connection.waiting.clear();
  };
  socket.on('error', (error) => close(error.message));
  socket.on('close', () => close('it ended'));
  createInterface({ input: socket }).on('line', (line) => {
    const { id, ...answer } = JSON.parse(line) as RenderAnswer & { readonly id: number };
    connection.waiting.get(id)?.resolve(answer);
    connection.waiting.delete(id);
    // A process that waits for nothing else may end.
    if (connection.waiting.size === 0) socket.unref();
  });
  return connection;
}
