import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the API server needs to know its callers and to sign service account tokens. */
export interface Credentials {
  /** Bearer token of a cluster administrator. */
  readonly token: string;
  /** File of the API server's `--token-auth-file`. */
  readonly tokenFile: string;
  /** Private RSA key that signs service account tokens. */
  readonly serviceAccountKeyFile: string;
  /** Directory in which the API server makes its own serving certificate. */
  readonly certificateDir: string;
  /** That certificate with its authority; exists once the server listens. */
  readonly authorityFile: string;
}

/** Makes random credentials for one control plane under `dir`, readable by the current user only. */
export async function makeCredentials(dir: string): Promise<Credentials> {
  const token = randomBytes(24).toString('hex');
  const tokenFile = join(dir, 'tokens.csv');
  const serviceAccountKeyFile = join(dir, 'service-account.key');
  const certificateDir = join(dir, 'certificates');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(tokenFile, `${token},administrator,administrator,system:masters\n`, { mode: 0o600 });
  await writeFile(serviceAccountKeyFile, privateKey.export({ type: 'pkcs1', format: 'pem' }), {
    mode: 0o600,
  });
  return {
    token,
    tokenFile,
    serviceAccountKeyFile,
    certificateDir,
    authorityFile: join(certificateDir, 'apiserver.crt'),
  };
}
