import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { container, deployment, probes, resources, service } from './pods.ts';

/** Secret with the S3 server's only account: keys `accessKey` and `secretKey`. */
export const credentialsSecret = 's3-credentials';
export const bucket = 'audio-features';
export const s3Port = 7070;
export const mastermlPort = 8000;

/** The credentials; made once, so it is not among `serviceObjects`, which are applied each time. */
export function credentialsObject(
  namespace: string,
  account: { readonly accessKey: string; readonly secretKey: string },
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: { name: credentialsSecret, namespace },
    stringData: account,
  };
}

/** Deployments and Services of S3 and MasterML. */
export function serviceObjects(
  namespace: string,
  images: { readonly versitygw: string; readonly masterml: string },
): readonly KubernetesObject[] {
  return [
    deployment(namespace, 's3', s3Pod(images)),
    service(namespace, 's3', s3Port),
    deployment(namespace, 'masterml', mastermlPod(images.masterml)),
    service(namespace, 'masterml', mastermlPort),
  ];
}

/**
 * versitygw over a directory: a bucket is a directory, an object a file, metadata in a directory beside it. The volume
 * lives as long as the pod. The image has no shell, so another one makes the directories.
 */
function s3Pod(images: { readonly versitygw: string; readonly masterml: string }): object {
  const data = '/data';
  const volumeMounts = [{ name: 'data', mountPath: data }];
  const directories = [`${data}/objects/${bucket}`, `${data}/metadata`];
  return {
    initContainers: [
      container('directories', images.masterml, {
        command: [
          'python3',
          '-c',
          'import os, sys\nfor path in sys.argv[1:]: os.makedirs(path, exist_ok=True)',
          ...directories,
        ],
        volumeMounts,
        resources: resources('100m', '64Mi'),
      }),
    ],
    containers: [
      container('s3', images.versitygw, {
        args: [
          ...['--port', `:${s3Port}`, '--health', '/health', '--quiet'],
          // No extended attributes are needed of the node's file system; one process needs no lock files.
          ...['posix', '--sidecar', `${data}/metadata`, '--disable-object-lock-file', `${data}/objects`],
        ],
        env: [secretEnv('ROOT_ACCESS_KEY_ID', 'accessKey'), secretEnv('ROOT_SECRET_ACCESS_KEY', 'secretKey')],
        ports: [{ name: 's3', containerPort: s3Port }],
        ...probes('/health', 's3'),
        volumeMounts,
        resources: resources('50m', '512Mi'),
      }),
    ],
    volumes: [{ name: 'data', emptyDir: { sizeLimit: '4Gi' } }],
  };
}

function mastermlPod(image: string): object {
  return {
    containers: [
      container('masterml', image, {
        command: ['python3', '/srv/receiver.py'],
        env: [{ name: 'PORT', value: String(mastermlPort) }],
        ports: [{ name: 'http', containerPort: mastermlPort }],
        ...probes('/health', 'http'),
        resources: resources('20m', '128Mi'),
      }),
    ],
  };
}

function secretEnv(name: string, key: string): object {
  return { name, valueFrom: { secretKeyRef: { name: credentialsSecret, key } } };
}
