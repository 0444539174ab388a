import type { Service } from './service.ts';

/** A fault that is injected into the running service and must make an alert fire: an entry of `faults/<Alert>.ts`. */
export interface Fault {
  /** What is broken, in a few words; a row of docs/alerts.md. */
  readonly what: string;
  /** Faults of one round are injected at the same time and do not disturb each other; rounds run one after another. */
  readonly round: number;
  /** Labels that the notification must have besides the alert's name. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly inject: (service: Service) => Promise<void>;
  readonly repair: (service: Service) => Promise<void>;
  /** The alert always fires, and counts as missing after no notification for this long; ms. */
  readonly missingAfterMs?: number;
}

/** What a file `faults/<Alert>.ts` exports. */
export interface FaultModule {
  readonly faults: readonly Fault[];
  /** Values of the alert that a run shortens because they are ten minutes or more. */
  readonly shortened?: Readonly<Record<string, string>>;
}

/** A Python program that continues in the container after the one that started it has ended. */
export function detached(source: string): string {
  return [
    'import subprocess, sys',
    `subprocess.Popen([sys.executable, "-c", ${JSON.stringify(source)}], start_new_session=True,`,
    '    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)',
  ].join('\n');
}
