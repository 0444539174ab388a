import { importImages } from '../../../lab/cluster/images.ts';
import { labImages } from '../../../lab/images/catalog.ts';
import { deployGateway } from '../../../lab/services/gateway.ts';
import { gatewayName, gatewayPort } from '../../../lab/services/gateway-manifests.ts';
import { kubectl } from '../../../src/kubernetes/kubectl.ts';
import { cluster, labInstance } from './service.ts';

/** Envoy's Service, as `withForward` takes it. */
export const gateway = {
  namespace: 'gateways',
  resource: `service/${gatewayName}`,
  port: gatewayPort,
} as const;

/** Sets up the lab's Gateway and Ingress controller, whose images it loads first. */
export async function gatewayUp(): Promise<void> {
  const lab = labInstance();
  const { contour, envoy } = await labImages(['contour', 'envoy']);
  await importImages(lab, [contour, envoy]);
  await deployGateway({
    kubeconfig: lab.kubeconfig,
    namespace: gateway.namespace,
    images: { contour: contour.name, envoy: envoy.name },
  });
}

/** Removes what `gatewayUp` made; does not wait for it. */
export async function gatewayDown(): Promise<void> {
  await kubectl(cluster(), ['delete', 'namespace', gateway.namespace, '--wait=false']);
}
