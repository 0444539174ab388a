import {
  BoolYesNo,
  BytesIEC,
  DurationSeconds,
  OpsPerSecond,
  PercentUnit,
  Short,
} from '@grafana/grafana-foundation-sdk/units';
import type { DashboardSpec } from './dashboard.ts';
import type { PanelSpec } from './panel.ts';
import { own, window } from './selector.ts';

const used = `max(${own('redis_memory_used_bytes')})`;
/** A broker without `maxmemory` reports 0. */
const most = `(max(${own('redis_memory_max_bytes')}) > 0)`;

function latest(title: string, description: string, unit: string, expr: string): PanelSpec {
  return {
    kind: 'latest',
    title,
    description,
    unit,
    width: 6,
    queries: [{ expr, legend: title.toLowerCase() }],
  };
}

/** Whether the broker answers and has room. */
export const broker: DashboardSpec = {
  uid: 'audio-processor-broker',
  title: 'Audio processor: broker',
  description: 'Does the broker answer, does it have memory left, and what does it contain?',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          ...latest('Up', 'Whether its exporter reaches the broker.', BoolYesNo, `min(${own('redis_up')})`),
          alerts: ['ServiceUnavailable', 'TargetMissing'],
        },
        latest(
          'Uptime',
          'Time since the broker started.',
          DurationSeconds,
          `min(${own('redis_uptime_in_seconds')})`,
        ),
        latest('Memory', 'Used part of `maxmemory`.', PercentUnit, `${used} / ${most}`),
        latest('Clients', 'Open connections.', Short, `max(${own('redis_connected_clients')})`),
      ],
    },
    {
      title: 'Memory',
      panels: [
        {
          kind: 'lines',
          title: 'Used memory',
          description: 'Used memory as a share of `maxmemory`. A full broker refuses new tasks and results.',
          unit: PercentUnit,
          width: 12,
          max: 1,
          queries: [{ expr: `${used} / ${most}`, legend: 'used' }],
          alerts: ['BrokerMemoryHigh'],
          threshold: 'BrokerMemoryHigh',
        },
        {
          kind: 'lines',
          title: 'Bytes',
          description: 'Used memory and `maxmemory`.',
          unit: BytesIEC,
          width: 12,
          queries: [
            { expr: used, legend: 'used' },
            { expr: most, legend: 'maxmemory', bound: true },
          ],
          alerts: ['BrokerMemoryHigh'],
        },
      ],
    },
    {
      title: 'Work',
      panels: [
        {
          kind: 'lines',
          title: 'Commands',
          description: 'Commands per second.',
          unit: OpsPerSecond,
          width: 8,
          queries: [
            { expr: `sum(rate(${own('redis_commands_processed_total')}[${window}]))`, legend: 'commands' },
          ],
        },
        {
          kind: 'lines',
          title: 'Connections',
          description:
            'Open connections, and those that wait in a blocking command, as those of idle workers do.',
          unit: Short,
          width: 8,
          queries: [
            { expr: `max(${own('redis_connected_clients')})`, legend: 'connected' },
            { expr: `max(${own('redis_blocked_clients')})`, legend: 'blocked' },
          ],
        },
        {
          kind: 'lines',
          title: 'Refused',
          description:
            'Refused connections and evicted keys. Both should be 0: an evicted key is a lost task.',
          unit: Short,
          width: 8,
          queries: [
            {
              expr: `sum(increase(${own('redis_rejected_connections_total')}[${window}]))`,
              legend: 'refused',
            },
            { expr: `sum(increase(${own('redis_evicted_keys_total')}[${window}]))`, legend: 'evicted' },
          ],
        },
      ],
    },
    {
      title: 'Content',
      panels: [
        {
          kind: 'lines',
          title: 'Watched keys',
          description:
            'Length of each queue, of the unacknowledged tasks of each pool (`unacked:<pool>`) and of each dead-letter queue (`dead:<queue>`). An empty one may be missing.',
          unit: Short,
          width: 12,
          queries: [
            {
              expr: `max by (key) (${own('redis_key_size')})
or label_replace(0 * max(${own('redis_up')}), "key", "all others", "", "")`,
              legend: '{{key}}',
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Keys',
          description: 'All keys by database: most are results, which expire.',
          unit: Short,
          width: 12,
          queries: [{ expr: `max by (db) (${own('redis_db_keys')})`, legend: '{{db}}' }],
        },
      ],
    },
  ],
};
