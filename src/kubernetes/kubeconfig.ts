/** How a client of an API server proves who it is. Certificates and keys are PEM. */
export type ClientIdentity =
  | { readonly token: string }
  | { readonly certificate: Buffer | string; readonly key: Buffer | string };

/**
 * A kubeconfig of one cluster, user and context, all of the given name, with the certificates inside, so that a copy of
 * the file works anywhere. JSON is YAML.
 */
export function kubeconfig(options: {
  readonly name: string;
  /** URL of the API server. */
  readonly server: string;
  /** PEM of the certificate authority that signed the server's certificate. */
  readonly authority: Buffer | string;
  readonly user: ClientIdentity;
}): string {
  const { name, server, authority, user } = options;
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(authority) } }],
    users: [
      {
        name,
        user:
          'token' in user
            ? { token: user.token }
            : {
                'client-certificate-data': base64(user.certificate),
                'client-key-data': base64(user.key),
              },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function base64(pem: Buffer | string): string {
  return Buffer.from(pem).toString('base64');
}
