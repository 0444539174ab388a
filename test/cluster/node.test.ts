import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { instance } from '../../lab/cluster/instance.ts';
import { nodeExec, nodeStatus, nodeUp } from '../../lab/cluster/node.ts';
import { NodeProcessError, startProcess } from '../../lab/cluster/node-process.ts';
import { withForward } from '../../src/deploy/forward.ts';
import { ensureNamespace } from '../../src/deploy/namespace.ts';
import { applyObjects, getObject, kubectl } from '../../src/kubernetes/kubectl.ts';
import { run } from '../../src/process/run.ts';
import { Steps } from '../../src/report/steps.ts';
import { program } from '../../src/tools/programs.ts';

const lab = instance(inject('labInstance'));
const cluster = { kubeconfig: lab.kubeconfig };
const namespace = 'node-test';

/** A pod that is not root, holds a claim of the default class and serves the claim's folder on port 8080. */
function claimPod(image: string): readonly object[] {
  const labels = { app: 'folder' };
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'folder', namespace },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'folder', namespace },
      spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'writer', namespace, labels },
      spec: {
        securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'folder',
            image,
            imagePullPolicy: 'Never',
            command: ['python3', '-m', 'http.server', '8080', '--directory', '/data'],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'folder' } }],
      },
    },
  ];
}

/** Runs a command in the pod and gives what it printed. */
async function inPod(...command: string[]): Promise<string> {
  const args = ['exec', 'writer', '--namespace', namespace, '--', ...command];
  return (await kubectl(cluster, args)).stdout.trim();
}

beforeAll(async () => {
  await ensureNamespace(cluster, namespace);
  const python = inject('labImages').find(({ name }) => name.includes('/masterml-receiver:'));
  await applyObjects(cluster, claimPod(python?.name ?? 'none'));
  const wait = ['wait', 'pod/writer', '--namespace', namespace, '--for=condition=Ready', '--timeout=90s'];
  await kubectl(cluster, wait, { timeoutMs: 100_000 });
});

afterAll(async () => {
  await kubectl(cluster, ['delete', 'namespace', namespace, '--wait', '--ignore-not-found'], {
    timeoutMs: 120_000,
  });
});

describe('the node', () => {
  it('is Ready and reports the pinned version', async () => {
    expect(await nodeStatus(lab)).toMatchObject({ state: 'running', version: 'v1.37.2' });
    const { stdout } = await kubectl(cluster, ['version', '--output=json']);
    expect(JSON.parse(stdout)).toMatchObject({ serverVersion: { gitVersion: 'v1.37.2', minor: '37' } });
  });

  it('reports the machine’s real capacity', async () => {
    const node = await getObject(cluster, 'node', lab.nodeName);
    const { capacity } = (node?.status ?? {}) as { capacity: { cpu: string; memory: string } };
    expect(Number(capacity.cpu)).toBe(cpus().length);
    expect(Number.parseInt(capacity.memory, 10) * 1024).toBeCloseTo(totalmem(), -7);
  });

  it('has no way out of its network namespace', async () => {
    const { stdout } = await nodeExec(lab, ['ip', '-brief', 'link', 'show', 'type', 'veth']);
    const outside = stdout
      .split('\n')
      .filter((line) => line.startsWith('eth0') && !line.includes('eth0peer'));
    expect(outside).toEqual([]);
    // A peer in another namespace would show as eth0@if7.
    expect(stdout).toMatch(/^eth0@eth0peer /m);
  });
});

describe('a pod', () => {
  it('finds Services by short and full name', async () => {
    const resolve = (name: string) =>
      inPod('python3', '-c', `import socket; print(socket.gethostbyname('${name}'))`);
    const service = await getObject(cluster, 'service', 'folder', namespace);
    const { clusterIP } = (service?.spec ?? {}) as { clusterIP: string };
    expect(await resolve('folder')).toBe(clusterIP);
    expect(await resolve('kubernetes.default.svc.cluster.local')).toBe('10.96.0.1');
    await expect(resolve('absent.default.svc.cluster.local')).rejects.toThrow('Name or service not known');
  });

  it('reaches a Service by its name', async () => {
    const script = `import ssl, urllib.request as r
print(r.urlopen('https://kubernetes.default/version', context=ssl._create_unverified_context(), timeout=5).read().decode())`;
    expect(JSON.parse(await inPod('python3', '-c', script))).toMatchObject({ gitVersion: 'v1.37.2' });
  });

  it('that is not root writes to a claim of the default class', async () => {
    const claim = await getObject(cluster, 'pvc', 'folder', namespace);
    expect(claim).toMatchObject({ spec: { storageClassName: 'local-path' }, status: { phase: 'Bound' } });
    expect(await inPod('sh', '-c', 'echo sound > /data/file && id -u && cat /data/file')).toBe(
      '10001\nsound',
    );
  });

  it('is refused when it is privileged in a restricted namespace', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'privileged', namespace },
      spec: { containers: [{ name: 'a', image: 'a', securityContext: { privileged: true } }] },
    };
    await expect(applyObjects(cluster, [pod])).rejects.toThrow(/violates PodSecurity "restricted:latest"/);
  });

  it('is reached by port-forward, and logs what it served', async () => {
    const target = { namespace, resource: 'service/folder', port: 80 };
    const listing = await withForward(cluster, target, async (url) => (await fetch(`${url}/`)).text());
    expect(listing).toContain('Directory listing for /');
    const { stdout } = await kubectl(cluster, ['logs', 'writer', '--namespace', namespace]);
    expect(stdout).toContain('"GET / HTTP/1.1" 200');
  });
});

describe('kubectl', () => {
  it('top knows node and pods', async () => {
    const { stdout } = await kubectl(cluster, ['top', 'node', '--no-headers']);
    expect(stdout).toMatch(new RegExp(`^${lab.nodeName} +[0-9]+m `));
    const pods = await kubectl(cluster, ['top', 'pod', '--namespace', 'kube-system', '--no-headers']);
    expect(pods.stdout).toMatch(/^coredns-\S+ +[0-9]+m +[0-9]+Mi/m);
  });

  it('works for another user of the machine with a copy of the kubeconfig, whose original only root can read', async () => {
    expect((await stat(lab.kubeconfig)).mode & 0o777).toBe(0o600);
    const folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
    try {
      await copyFile(lab.kubeconfig, join(folder, 'config'));
      await copyFile(await program('kubectl'), join(folder, 'kubectl'));
      await run('chown', ['-R', '65534:65534', folder], { timeoutMs: 5_000 });
      const become = ['--reuid=65534', '--regid=65534', '--clear-groups'];
      const command = [
        join(folder, 'kubectl'),
        '--cache-dir',
        folder,
        '--kubeconfig',
        join(folder, 'config'),
      ];
      const { stdout } = await run(
        'setpriv',
        [...become, ...command, '--context', lab.name, 'get', 'node', '--output=name'],
        { timeoutMs: 20_000 },
      );
      expect(stdout).toBe(`node/${lab.nodeName}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('up on a healthy node', () => {
  it('leaves it alone', async () => {
    const before = await nodeStatus(lab);
    await nodeUp(lab, { steps: new Steps(() => {}), images: inject('labImages') });
    expect(await nodeStatus(lab)).toEqual(before);
  });
});

describe('a process of the node that ends instead of becoming ready', () => {
  it('is reported with its exit code and the end of its log', async () => {
    const broken = startProcess(
      lab,
      {
        name: 'broken',
        command: ['/bin/sh', '-c', 'echo the reason; exit 3'],
        ready: async () => ({ observed: 'nothing' }),
        deadlineMs: 20_000,
      },
      {},
    );
    const error = await broken.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NodeProcessError);
    expect(error).toMatchObject({ process: 'broken', logTail: 'the reason' });
    expect(String(error)).toContain('it ended with 3');
  });

  it('or stays silent is reported with what was observed instead', async () => {
    const silent = startProcess(
      lab,
      {
        name: 'silent',
        command: ['/bin/sh', '-c', 'echo still thinking; exec sleep 5'],
        ready: async () => ({ observed: 'no answer at port 1' }),
        deadlineMs: 500,
      },
      {},
    );
    await expect(silent).rejects.toThrow(
      /waited 0.5 s for silent ready; observed instead: no answer at port 1\nEnd of .*silent.log:\nstill thinking/,
    );
  });
});
