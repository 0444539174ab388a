import {
  Celsius,
  Mebibytes,
  NoUnit,
  Percent,
  PercentUnit,
  Watt,
} from '@grafana/grafana-foundation-sdk/units';
import type { DashboardSpec } from './dashboard.ts';
import type { PanelSpec } from './panel.ts';
import { cards, own } from './selector.ts';

function measured(
  title: string,
  description: string,
  unit: string,
  metric: string,
  of?: 'max' | 'min',
): PanelSpec {
  return {
    kind: 'lines',
    title,
    description,
    unit,
    width: 8,
    queries: [{ expr: cards(metric, of), legend: '{{pod}} card {{gpu}}' }],
  };
}

/** Whether the cards are full, busy and well. */
export const gpu: DashboardSpec = {
  uid: 'audio-processor-gpu',
  title: 'Audio processor: GPU',
  description:
    'Are the cards full, busy and well? Shows the cards that pods of this namespace hold, as the exporter of DCGM sees them.',
  rows: [
    {
      title: 'Memory',
      panels: [
        {
          kind: 'lines',
          title: 'Memory',
          description:
            "Used part of each card's memory. PyTorch keeps what it once took, so a high line alone is no fault.",
          unit: PercentUnit,
          width: 16,
          max: 1,
          queries: [
            {
              expr: `max by (pod, gpu) (${own('audio_processor:gpu_memory:ratio')})`,
              legend: '{{pod}} card {{gpu}}',
            },
          ],
          alerts: ['GpuMemoryHigh'],
          threshold: 'GpuMemoryHigh',
        },
        measured(
          'Memory free',
          'Free memory of each card, or of the fullest instance of a divided one.',
          Mebibytes,
          'DCGM_FI_DEV_FB_FREE',
          'min',
        ),
      ],
    },
    {
      title: 'Work',
      panels: [
        measured(
          'Utilisation',
          'Part of the time in which a kernel ran on the card.',
          Percent,
          'DCGM_FI_DEV_GPU_UTIL',
        ),
        measured(
          'Temperature',
          'Temperature of each card: a hot one slows itself down.',
          Celsius,
          'DCGM_FI_DEV_GPU_TEMP',
        ),
        measured('Power', 'Power that each card draws.', Watt, 'DCGM_FI_DEV_POWER_USAGE'),
        {
          ...measured(
            'Last error',
            "Number of the driver's last error (XID) of each card; 0 for none. NVIDIA lists what each number means.",
            NoUnit,
            'DCGM_FI_DEV_XID_ERRORS',
          ),
          width: 24,
        },
      ],
    },
  ],
};
