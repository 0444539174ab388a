import { Command, Option } from 'commander';
import { ProblemError } from '../src/report/problem.ts';
import { Steps } from '../src/report/steps.ts';
import { fromCallersFolder } from './paths.ts';
import { type TargetOptions, withTarget } from './target.ts';

/** Options of `up`; `--context` decides which half of them applies. */
export interface UpOptions extends TargetOptions {
  readonly values: readonly string[];
  /** Seconds that pods may take to become Ready. */
  readonly timeout: number;
  readonly image?: string;
  readonly s3Endpoint?: string;
  readonly s3Bucket?: string;
  readonly s3Region?: string;
  readonly mastermlUrl?: string;
  readonly broker?: 'embedded' | 'external';
  readonly submit: readonly string[];
  readonly json?: boolean;
}

/** `up`: from nothing to an analysed sound, in the lab or on an existing cluster. */
export function upCommand(signal: AbortSignal): Command {
  return withTarget(new Command('up'))
    .description(
      'Without --context: build what is missing, start a real Kubernetes node here, install the chart, analyse examples/audio/*.wav.\n' +
        'With --context: install the chart on an existing cluster with your own image, S3 and broker; needs neither root nor Go.',
    )
    .option('-f, --values <file...>', 'values files, in order', [])
    .addOption(
      new Option('--timeout <duration>', 'how long pods may take to become Ready, such as 90s or 10m')
        .argParser(seconds)
        .default(600, '10m'),
    )
    .option('--image <reference>', 'with --context: the application image, registry/repository:tag')
    .option('--s3-endpoint <url>', 'with --context: S3 endpoint as pods reach it')
    .option('--s3-bucket <name>', 'with --context: bucket for inputs and manifests')
    .option('--s3-region <name>', 'with --context: region of the bucket')
    .option('--masterml-url <url>', 'with --context: MasterML as pods reach it')
    .addOption(
      new Option(
        '--broker <mode>',
        'with --context: where the broker is; external takes its URLs from the Secret',
      ).choices(['embedded', 'external']),
    )
    .option('--submit <uri...>', 'with --context: s3:// URIs to analyse after the install', [])
    .option('--json', 'the outcome as JSON on standard output; progress stays on standard error')
    .action(async (options: UpOptions) => {
      const steps = new Steps();
      const resolved = { ...options, values: options.values.map(fromCallersFolder) };
      refuseForeignOptions(resolved);
      const outcome =
        resolved.context === undefined
          ? await (await import('./up-lab.ts')).upInLab(resolved, steps, signal)
          : await (await import('./up-context.ts')).upOnContext(
              { ...resolved, context: resolved.context },
              steps,
              signal,
            );
      if (options.json)
        process.stdout.write(`${JSON.stringify({ ...outcome, steps: steps.times }, null, 2)}\n`);
      if (!outcome.ok) process.exitCode = 1;
    });
}

function refuseForeignOptions(options: UpOptions): void {
  if (options.context !== undefined) return;
  const foreign = [
    'kubeconfig',
    'image',
    's3Endpoint',
    's3Bucket',
    's3Region',
    'mastermlUrl',
    'broker',
  ] as const;
  const problems = foreign
    .filter((key) => options[key] !== undefined)
    .map((key) => ({
      message: `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} belongs to --context`,
      found: String(options[key]),
      remedy: 'name the context of your cluster, or leave the option out: the lab brings its own',
    }));
  if (options.submit.length > 0)
    problems.push({
      message: '--submit belongs to --context',
      found: options.submit.join(' '),
      remedy: 'the lab analyses examples/audio/*.wav',
    });
  if (problems.length > 0) throw new ProblemError(problems);
}

function seconds(duration: string): number {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration);
  const [hours = 0, minutes = 0, rest = 0] = (parts ?? []).slice(1).map((part) => Number(part ?? 0));
  const total = hours * 3600 + minutes * 60 + rest;
  if (total > 0) return total;
  throw new ProblemError([
    {
      message: '--timeout is no duration',
      found: duration,
      allowed: 'hours, minutes, seconds: 1h30m, 10m, 90s',
    },
  ]);
}
