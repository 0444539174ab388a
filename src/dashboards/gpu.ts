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
import { gpuSeries, own } from './selector.ts';

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
    queries: [{ expr: gpuSeries(metric, of), legend: '{{pod}} GPU {{gpu}}' }],
  };
}

/** Memory, load and health of the GPUs. */
export const gpu: DashboardSpec = {
  uid: 'audio-processor-gpu',
  title: 'Audio processor: GPU',
  description:
    'Are the GPUs full, busy and healthy? Shows the GPUs of pods of this namespace, as the exporter of DCGM reports them.',
  rows: [
    {
      title: 'Memory',
      panels: [
        {
          kind: 'lines',
          title: 'Memory',
          description:
            "Used memory as a share of each GPU's memory. PyTorch keeps memory that it has allocated, so a high value alone is not a fault.",
          unit: PercentUnit,
          width: 16,
          max: 1,
          queries: [
            {
              expr: `max by (pod, gpu) (${own('audio_processor:gpu_memory:ratio')})`,
              legend: '{{pod}} GPU {{gpu}}',
            },
          ],
          alerts: ['GpuMemoryHigh'],
          threshold: 'GpuMemoryHigh',
        },
        measured(
          'Memory free',
          'Free memory of each GPU, or of the fullest instance of a partitioned one (MIG).',
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
          'Utilization',
          'Share of the time in which a kernel ran on the GPU.',
          Percent,
          'DCGM_FI_DEV_GPU_UTIL',
        ),
        measured(
          'Temperature',
          'Temperature of each GPU: above its limit it lowers its clock.',
          Celsius,
          'DCGM_FI_DEV_GPU_TEMP',
        ),
        measured('Power', 'Power draw of each GPU.', Watt, 'DCGM_FI_DEV_POWER_USAGE'),
        {
          ...measured(
            'Last error',
            'Last error of the driver (XID) of each GPU; 0 for none. NVIDIA documents the numbers.',
            NoUnit,
            'DCGM_FI_DEV_XID_ERRORS',
          ),
          width: 24,
        },
      ],
    },
  ],
};
