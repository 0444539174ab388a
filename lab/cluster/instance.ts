import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ProblemError } from '../../src/report/problem.ts';

/** The instance that a developer gets without naming one; tests use other names. */
export const defaultInstance = 'audio-processor';

/**
 * Folder of the state of all instances. Not below the user's cache folder, for three reasons: a name means one
 * network namespace, cgroup and port of the whole machine, whichever user calls; another user must be able to reach a copied
 * kubeconfig's neighbours without entering /root; and by FHS its content may be removed at any time, which is true
 * of a lab. It is a disk, where /run may be memory, and outside /var/lib, over which the node lays an overlay.
 */
export const stateRoot = '/var/cache/audio-processor/lab';

/** Ports of the API servers on the host's loopback: below Linux's ephemeral ports, which start at 32768. */
const portRange = { first: 26_000, count: 4_000 };

/** Short enough for a host name, and for the paths of unix sockets below the state folder (107 characters). */
const namePattern = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** One lab: a Kubernetes node and everything that it owns on this machine. All of it derives from the name. */
export interface Instance {
  readonly name: string;
  /** Name of the Node object and the node's host name. */
  readonly nodeName: string;
  /** Folder that holds every file of the instance. */
  readonly stateDir: string;
  /** Folder of the processes' logs. */
  readonly logDir: string;
  /** Folder of keys and certificates. */
  readonly pkiDir: string;
  /** Name of the network namespace, as `ip netns` lists it. */
  readonly netns: string;
  /** Path below the root of each cgroup hierarchy, with a leading slash. */
  readonly cgroup: string;
  /** Port of the API server on the host's 127.0.0.1. */
  readonly apiPort: number;
  /** File for kubectl on the host, with an administrator's certificate inside (mode 0600); its context is named `name`. */
  readonly kubeconfig: string;
}

/**
 * The instance of a name. Reads and changes nothing.
 * @throws {ProblemError} when the name cannot be a host name or is too long.
 */
export function instance(name: string): Instance {
  if (!namePattern.test(name)) {
    throw new ProblemError([
      {
        message: 'this is no name for a lab',
        found: JSON.stringify(name),
        allowed: 'at most 40 lower-case letters, digits and hyphens, first a letter, last no hyphen',
      },
    ]);
  }
  const stateDir = join(stateRoot, name);
  return {
    name,
    nodeName: name,
    stateDir,
    logDir: join(stateDir, 'log'),
    pkiDir: join(stateDir, 'pki'),
    netns: `lab-${name}`,
    cgroup: `/lab-${name}`,
    apiPort: portOf(name),
    kubeconfig: join(stateDir, 'kubeconfig'),
  };
}

/** Two names can share a port (1 in 4000); the second instance is then refused because the port is taken. */
function portOf(name: string): number {
  return portRange.first + (createHash('sha256').update(name).digest().readUInt32BE() % portRange.count);
}
