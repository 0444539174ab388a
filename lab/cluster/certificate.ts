import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/process/run.ts';

/** A certificate and its key, EC P-256: files `<name>.crt` and `<name>.key`, PEM. */
export interface CertificateOptions {
  readonly name: string;
  /** `/O=group/CN=user`, as openssl takes it. */
  readonly subject: string;
  readonly days: number;
  /** Name of the authority in the same folder; absent for an authority, which signs itself. */
  readonly signer?: string;
  /** Of a server: the names and addresses that it serves, `DNS:…` or `IP:…`. */
  readonly serves?: readonly string[];
  /** Whether the holder is a client: by default when it serves nothing. */
  readonly isClient?: boolean;
}

/**
 * Makes a key and its certificate in the folder.
 * @throws {CommandError} with openssl's message.
 */
export async function makeCertificate(
  folder: string,
  options: CertificateOptions,
  signal?: AbortSignal,
): Promise<void> {
  const { name, subject, days, signer, serves, isClient = serves === undefined } = options;
  const usages = [...(serves === undefined ? [] : ['serverAuth']), ...(isClient ? ['clientAuth'] : [])];
  const extensions =
    signer === undefined
      ? ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign']
      : [
          'keyUsage=critical,digitalSignature',
          `extendedKeyUsage=${usages.join(',')}`,
          ...(serves === undefined ? [] : [`subjectAltName=${serves.join(',')}`]),
        ];
  const config = join(folder, `${name}.openssl.cnf`);
  // Without its own configuration openssl adds the extensions of the machine's openssl.cnf.
  await writeFile(config, '[req]\ndistinguished_name = subject\n[subject]\n');
  await run(
    'openssl',
    [
      ...['req', '-x509', '-config', config, '-days', String(days), '-subj', subject],
      ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', `${name}.key`, '-out', `${name}.crt`],
      ...(signer === undefined ? [] : ['-CA', `${signer}.crt`, '-CAkey', `${signer}.key`]),
      ...extensions.flatMap((extension) => ['-addext', extension]),
    ],
    { cwd: folder, timeoutMs: 30_000, ...(signal !== undefined && { signal }) },
  );
}
