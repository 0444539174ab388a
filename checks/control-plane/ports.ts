import { createServer } from 'node:net';

/**
 * A TCP port of the loopback address that was free a moment ago. Another process may take it before its user
 * listens: the caller tries again with another one then.
 */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error(`no port in ${address}`));
        else resolve(address.port);
      });
    });
  });
}
