import { detached, type Fault } from '../fault.ts';

/** Faults that must make ApiErrorRateHigh fire. */
export const faults: readonly Fault[] = [
  {
    what: 'a route of the API that answers 500',
    round: 4,
    inject: (service) => service.python(detached(hammer('/unified/batch'))).then(),
    repair: (service) => service.kubectl('rollout', 'restart', 'deployment/audio-processor').then(),
  },
];

/** Requests a route twice a second for ten minutes, each time as another client. */
function hammer(path: string): string {
  return [
    'import json, time, urllib.error, urllib.request',
    'for number in range(1200):',
    `    request = urllib.request.Request("http://127.0.0.1:8000${path}", method="POST", data=json.dumps({"videos": [{"video_id": "v"}]}).encode(),`,
    '        headers={"content-type": "application/json", "x-forwarded-for": f"192.0.2.{number % 250}"})',
    '    try: urllib.request.urlopen(request, timeout=10)',
    '    except urllib.error.URLError: pass',
    '    time.sleep(0.5)',
  ].join('\n');
}
