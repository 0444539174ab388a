import { PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';
import type { DashboardSpec } from './dashboard.ts';
import { own, quantile, window } from './selector.ts';

const by = 'sum by (extractor_name)';

/** Part that succeeded, by extractor. One that never did has no series of successes, one that never failed none of failures. */
function successRate(succeeded: string, failed: string): string {
  const ok = `(${succeeded} or 0 * ${failed})`;
  return `${ok} / (${ok} + (${failed} or 0 * ${succeeded}))`;
}

const increase = (metric: string, range: string) => `${by} (increase(${own(metric)}[${range}]))`;
const success = 'audio_extractor_success_total';
const failures = 'audio_extractor_failures_total';
const seconds = 'audio_extractor_duration_seconds';

/** Which extractor fails or is slow. */
export const extractors: DashboardSpec = {
  uid: 'audio-processor-extractors',
  title: 'Audio processor: extractors',
  description:
    'Which extractor fails, why, and which is slow? A task whose extractors all failed still ends as completed: only this dashboard shows it.',
  from: 'now-6h',
  rows: [
    {
      title: 'Success',
      panels: [
        {
          kind: 'lines',
          title: 'Success rate',
          description: 'Successful runs as a share of all runs, by extractor, over the window of the alert.',
          unit: PercentUnit,
          width: 14,
          max: 1,
          queries: [
            {
              expr: successRate(
                `${by} (${own('audio_processor:extractor_successes:increase')})`,
                `${by} (${own('audio_processor:extractor_failures:increase')})`,
              ),
              legend: '{{extractor_name}}',
            },
          ],
          alerts: ['ExtractorSuccessRateLow'],
          threshold: 'ExtractorSuccessRateLow',
        },
        {
          kind: 'bars',
          title: 'Least successful',
          description: 'The ten extractors with the lowest success rate in the time range of the dashboard.',
          unit: PercentUnit,
          width: 10,
          max: 1,
          queries: [
            {
              expr: `bottomk(10, ${successRate(increase(success, '$__range'), increase(failures, '$__range'))})`,
              legend: '{{extractor_name}}',
            },
          ],
          alerts: ['ExtractorSuccessRateLow'],
        },
        {
          kind: 'lines',
          title: 'Failures by type',
          description:
            'Failed runs by extractor and error type. `UnboundLocalError` means that the extractor itself reported a failure.',
          unit: Short,
          width: 12,
          queries: [
            {
              expr: `sum by (extractor_name, error_type) (increase(${own(failures)}[${window}]))
or label_replace(vector(0), "error_type", "none", "", "")`,
              legend: '{{extractor_name}} {{error_type}}',
            },
          ],
          alerts: ['ExtractorSuccessRateLow'],
        },
        {
          kind: 'lines',
          title: 'Successful runs',
          description: 'Successful runs per minute, by extractor.',
          unit: Short,
          width: 12,
          queries: [{ expr: `60 * ${by} (rate(${own(success)}[${window}]))`, legend: '{{extractor_name}}' }],
        },
      ],
    },
    {
      title: 'Duration',
      panels: [
        {
          kind: 'lines',
          title: 'Duration',
          description: 'The 95th percentile of the duration of a run, by extractor.',
          unit: Seconds,
          width: 14,
          queries: [{ expr: quantile(0.95, seconds, ['extractor_name']), legend: '{{extractor_name}}' }],
          alerts: ['SlowProcessing'],
        },
        {
          kind: 'bars',
          title: 'Longest on average',
          description:
            'Mean duration of a run in the time range of the dashboard: what the time of a task is spent on.',
          unit: Seconds,
          width: 10,
          queries: [
            {
              expr: `topk(10, ${increase(`${seconds}_sum`, '$__range')} / ${increase(`${seconds}_count`, '$__range')})`,
              legend: '{{extractor_name}}',
            },
          ],
        },
      ],
    },
  ],
};
