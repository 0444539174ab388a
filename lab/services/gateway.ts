import { join } from 'node:path';
import { goModuleDirectory } from '../../src/tools/go-module.ts';
import versions from '../../versions.json' with { type: 'json' };
import { gatewayName, gatewayObjects } from './gateway-manifests.ts';
import { LabNamespace, type LabNamespaceOptions } from './lab-namespace.ts';
import { namespaceObject } from './pods.ts';

/** Where and with which images. */
export interface GatewayOptions extends LabNamespaceOptions {
  /** Names under which the node's containerd has them. */
  readonly images: { readonly contour: string; readonly envoy: string };
}

/**
 * A Gateway that admits HTTPRoutes of all namespaces, and an Ingress controller: Contour and Envoy. Repeating it changes
 * nothing.
 * @throws {CommandError} when the cluster refuses an object, or a Go module with definitions cannot be had.
 * @throws {WaitError} when it is not available after 120 s, with the reason of its pod.
 */
export async function deployGateway(options: GatewayOptions): Promise<void> {
  const { namespace, images } = options;
  const cluster = new LabNamespace(options);
  const definitions = (await definitionFiles()).flatMap((file) => ['--filename', file]);
  await cluster.kubectl(['apply', '--server-side', '--force-conflicts', ...definitions]);
  await cluster.kubectl(['wait', '--for=condition=Established', '--timeout=50s', ...definitions]);
  await cluster.apply([namespaceObject(namespace)]);
  await cluster.apply(gatewayObjects(namespace, images));
  await cluster.waitUntilAvailable([gatewayName]);
}

/** The custom kinds that Contour watches: its own, and those of Gateway API that it is not configured to ignore. */
async function definitionFiles(): Promise<readonly string[]> {
  const { tools, customResources } = versions;
  const contour = await goModuleDirectory('github.com/projectcontour/contour', tools.contour);
  const gatewayApi = await goModuleDirectory('sigs.k8s.io/gateway-api', customResources['gateway-api']);
  return [
    join(contour, 'examples/contour/01-crds.yaml'),
    ...['gatewayclasses', 'gateways', 'httproutes', 'referencegrants'].map((kind) =>
      join(gatewayApi, 'config/crd/standard', `gateway.networking.k8s.io_${kind}.yaml`),
    ),
  ];
}
