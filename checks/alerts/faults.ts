import type { Service } from './service.ts';

/** What is done to the service, and which alert has to speak of it. */
export interface Fault {
  readonly alert: string;
  /** What is broken, in a few words; a row of docs/alerts.md. */
  readonly what: string;
  /** Labels that the notification has to carry besides its name. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly inject: (service: Service) => Promise<void>;
  readonly heal: (service: Service) => Promise<void>;
  /** The alert always comes, and a dead man's switch speaks when it stays away for this long; ms. */
  readonly silenceMs?: number;
}

/** Faults that do not get in each other's way; the rounds run one after another. */
export const rounds: readonly (readonly Fault[])[] = [
  [
    {
      alert: 'QueueWithoutConsumer',
      what: 'a message in a queue that no pool reads',
      labels: { queue: 'async_batch_queue' },
      inject: (service) => service.send(1, {}, 'async_batch_queue'),
      heal: (service) => service.broker('DEL', 'async_batch_queue').then(),
    },
    {
      alert: 'BrokerMemoryHigh',
      what: 'the broker filled to 90 % of its maxmemory',
      inject: async (service) => {
        const limit = Number((await service.broker('CONFIG', 'GET', 'maxmemory')).split('\n')[1]);
        await service.broker('SETRANGE', 'filler', String(Math.floor(limit * 0.88)), 'x');
      },
      heal: (service) => service.broker('DEL', 'filler').then(),
    },
    {
      alert: 'MemoryHigh',
      what: 'a process of Flower that takes 85 % of the memory limit',
      inject: (service) =>
        service.kubectl('exec', 'deployment/flower', '--', 'python', '-c', detached(takeMemory(0.85))).then(),
      heal: (service) => service.kubectl('rollout', 'restart', 'deployment/flower').then(),
    },
    {
      alert: 'CpuHigh',
      what: 'processes of a worker that an autoscaler counts, and that compute more than its limit allows',
      labels: { component: 'worker', pool: 'cpu', measure: 'throttling' },
      inject: async (service) => {
        const burn = detached('while True: pass');
        for (let burners = 0; burners < 3; burners++) {
          await service.kubectl(
            'exec',
            'deployment/audio-worker',
            '--container=audio-worker',
            '--',
            'python',
            '-c',
            burn,
          );
        }
      },
      heal: (service) => service.kubectl('rollout', 'restart', 'deployment/audio-worker').then(),
    },
    {
      alert: 'TaskRedelivered',
      what: 'a task that kills its process',
      labels: { pool: 'cpu' },
      inject: (service) => service.send(1, { fail: 'crash' }),
      heal: (service) => service.broker('DEL', 'dead:audio_queue').then(),
    },
  ],
  [
    {
      alert: 'CpuHigh',
      what: 'a process of the API that computes without end',
      labels: { component: 'api' },
      inject: (service) => service.python(detached('while True: pass')).then(),
      heal: (service) => service.kubectl('rollout', 'restart', 'deployment/audio-processor').then(),
    },
    {
      alert: 'ExtractorSuccessRateLow',
      what: 'tasks whose loudness extractor fails',
      // Some scrapes long: Prometheus does not see how far a counter was when it looked for the first time.
      inject: (service) => service.send(40, { seconds: 2, failExtractors: ['loudness_extractor'] }),
      heal: (service) => service.send(1, {}),
    },
  ],
  [
    {
      alert: 'SlowProcessing',
      what: 'tasks of 330 s in a pool whose limit is 300 s',
      labels: { pool: 'cpu' },
      // As many as the pool runs at a time: no queue stands for longer than that.
      inject: (service) => service.send(2, { seconds: 330 }),
      heal: async () => {},
    },
    {
      alert: 'GpuMemoryHigh',
      what: 'a DCGM-shaped exporter that tells of 95 % of a card',
      inject: (service) =>
        service.kubectl('--namespace=gpu-operator', 'set', 'env', 'deployment/dcgm', 'USED=95').then(),
      heal: (service) =>
        service.kubectl('--namespace=gpu-operator', 'set', 'env', 'deployment/dcgm', 'USED=10').then(),
    },
    {
      alert: 'TargetMissing',
      what: 'Flower scaled to nothing',
      labels: { job: 'audio-flower' },
      inject: (service) => service.scale('deployment/flower', 0),
      heal: (service) => service.scale('deployment/flower', 1),
    },
  ],
  [
    {
      alert: 'TaskQueueBacklog',
      what: '1,200 tasks of a minute',
      labels: { pool: 'cpu' },
      inject: (service) => service.send(1200, { seconds: 60 }),
      heal: (service) => service.broker('DEL', 'audio_queue').then(),
    },
    {
      alert: 'ApiErrorRateHigh',
      what: '500 from the API: a route that is broken',
      inject: (service) => service.python(detached(hammer('/unified/batch'))).then(),
      heal: (service) => service.kubectl('rollout', 'restart', 'deployment/audio-processor').then(),
    },
  ],
  [
    {
      alert: 'ScaleStuckAtMax',
      what: 'a queue that does not get empty with all pods that the bounds allow',
      labels: { pool: 'cpu' },
      inject: (service) => service.send(60, { seconds: 60 }),
      heal: (service) => service.broker('DEL', 'audio_queue').then(),
    },
  ],
  [
    {
      alert: 'PoolStalled',
      what: 'a pool whose main processes are stopped (SIGSTOP)',
      labels: { pool: 'cpu' },
      inject: async (service) => {
        await service.signalWorkers('SIGSTOP');
        await service.send(4, {});
      },
      heal: (service) => service.signalWorkers('SIGCONT'),
    },
  ],
  [
    {
      alert: 'ServiceUnavailable',
      what: 'the API scaled to nothing',
      labels: { component: 'api' },
      inject: (service) => service.scale('deployment/audio-processor', 0),
      heal: (service) => service.scale('deployment/audio-processor', 1),
    },
    {
      alert: 'ServiceUnavailable',
      what: 'the workers of a pool gone',
      labels: { component: 'worker', pool: 'cpu' },
      inject: (service) => service.scale('deployment/audio-worker', 0),
      heal: (service) => service.scale('deployment/audio-worker', 1),
    },
    {
      alert: 'ServiceUnavailable',
      what: 'workers of a pool that end again and again beside their sidecar',
      labels: { component: 'worker', pool: 'gpu' },
      // The pool has cards, so that its old pod leaves before the new one comes.
      inject: async (service) => {
        const command = { op: 'replace', path: '/spec/template/spec/containers/0/command', value: ['false'] };
        await service.kubectl(
          'patch',
          'deployment/audio-gpu-worker',
          '--type=json',
          '--patch',
          JSON.stringify([command]),
        );
      },
      heal: (service) => service.kubectl('rollout', 'undo', 'deployment/audio-gpu-worker').then(),
    },
  ],
  [
    {
      alert: 'ServiceUnavailable',
      what: 'the broker scaled to nothing',
      labels: { component: 'broker' },
      inject: (service) => service.scale('statefulset/redis', 0),
      heal: (service) => service.scale('statefulset/redis', 1),
    },
  ],
  [
    {
      alert: 'Watchdog',
      what: 'Prometheus scaled to nothing; its heartbeat stays away for three minutes',
      silenceMs: 180_000,
      inject: (service) => service.scale('deployment/prometheus', 0),
      heal: (service) => service.scale('deployment/prometheus', 1),
    },
  ],
];

/** A program that goes on in the container after the one that started it has ended. */
function detached(source: string): string {
  return [
    'import subprocess, sys',
    `subprocess.Popen([sys.executable, "-c", ${JSON.stringify(source)}], start_new_session=True,`,
    '    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)',
  ].join('\n');
}

/** Takes a share of the container's memory limit, less what is in use, and keeps it. */
function takeMemory(share: number): string {
  return [
    'import os, time',
    'paths = [("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),',
    '    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes")]',
    'limit, used = [[int(open(path).read()) for path in pair] for pair in paths if os.path.exists(pair[0])][0]',
    `kept = b"x" * max(0, int(limit * ${share}) - used)`,
    'time.sleep(3600)',
  ].join('\n');
}

/** Asks a route twice a second for ten minutes, each time as another client. */
function hammer(path: string): string {
  return [
    'import json, time, urllib.error, urllib.request',
    'for number in range(1200):',
    `    asked = urllib.request.Request("http://127.0.0.1:8000${path}", method="POST", data=json.dumps({"videos": [{"video_id": "v"}]}).encode(),`,
    '        headers={"content-type": "application/json", "x-forwarded-for": f"192.0.2.{number % 250}"})',
    '    try: urllib.request.urlopen(asked, timeout=10)',
    '    except urllib.error.URLError: pass',
    '    time.sleep(0.5)',
  ].join('\n');
}
