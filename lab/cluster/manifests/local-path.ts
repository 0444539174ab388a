import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import { accountWithRules, deployment, systemNamespace } from './object.ts';

const name = 'local-path-provisioner';
const config = 'local-path-config';

/**
 * The default storage class: a folder on the node for each claim, open to any user, made when its first pod is placed.
 * @param images the provisioner's, and one with /bin/sh that makes and removes the folders.
 * @param folder on the node, below which the volumes are.
 */
export function localPath(
  images: { readonly provisioner: string; readonly shell: string },
  folder: string,
): readonly KubernetesObject[] {
  const labels = { app: name };
  return [
    ...accountWithRules(name, name, [
      {
        apiGroups: [''],
        resources: ['nodes', 'persistentvolumeclaims', 'configmaps', 'pods', 'pods/log'],
        verbs: ['get', 'list', 'watch'],
      },
      {
        apiGroups: [''],
        resources: ['persistentvolumes'],
        verbs: ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete'],
      },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
      { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['get', 'list', 'watch'] },
    ]),
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name, namespace: systemNamespace },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['create', 'patch', 'update', 'delete'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name, namespace: systemNamespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: systemNamespace }],
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: config, namespace: systemNamespace },
      data: {
        'config.json': JSON.stringify({
          nodePathMap: [{ node: 'DEFAULT_PATH_FOR_NON_LISTED_NODES', paths: [folder] }],
        }),
        setup: '#!/bin/sh\nset -eu\nmkdir -m 0777 -p "$VOL_DIR"\n',
        teardown: '#!/bin/sh\nset -eu\nrm -rf "$VOL_DIR"\n',
        'helperPod.yaml': JSON.stringify(folderPod(images.shell)),
      },
    },
    deployment(name, labels, {
      account: name,
      container: {
        image: images.provisioner,
        args: ['start', '--config=/etc/config/config.json', `--configmap-name=${config}`],
        env: [
          { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
          { name: 'CONFIG_MOUNT_PATH', value: '/etc/config/' },
          { name: 'HELPER_IMAGE', value: images.shell },
          { name: 'SERVICE_ACCOUNT_NAME', value: name },
        ],
        volumeMounts: [{ name: 'config', mountPath: '/etc/config', readOnly: true }],
      },
      volumes: [{ name: 'config', configMap: { name: config } }],
    }),
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'local-path',
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: 'rancher.io/local-path',
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
    },
  ];
}

/** The pod that makes or removes one folder. It runs as root: the folder's parent on the node belongs to root. */
function folderPod(image: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'helper-pod' },
    spec: {
      priorityClassName: 'system-node-critical',
      terminationGracePeriodSeconds: 0,
      // The provisioner reads the log of a container with this name.
      containers: [{ name: 'helper-pod', image, imagePullPolicy: 'IfNotPresent' }],
    },
  };
}
