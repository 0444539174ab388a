/** A container, with the labels that the kubelets give its series. */
export interface Container extends Readonly<Record<string, string>> {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

export const api: Container = {
  namespace: 'ml-service',
  pod: 'audio-processor-5d4f6c7b8-abcde',
  container: 'audio-processor',
};
export const worker: Container = {
  namespace: 'ml-service',
  pod: 'audio-worker-5d4f6c7b8-abcde',
  container: 'audio-worker',
};
export const gpu: Container = {
  namespace: 'ml-service',
  pod: 'audio-gpu-worker-5d4f6c7b8-abcde',
  container: 'audio-gpu-worker',
};
/** A container of another release. */
export const stranger: Container = {
  namespace: 'ml-service',
  pod: 'another-5d4f6c7b8-abcde',
  container: 'another',
};

/** Labels of an alert about the API's container. */
export const ofApi = { component: 'api', pod: api.pod, container: api.container };
