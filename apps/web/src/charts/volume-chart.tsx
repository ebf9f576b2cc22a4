import { BarChart } from '@mantine/charts';
import { formatCount, formatShort } from '../format-number.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import type { TimeSeriesRow } from './prepare-time-series.ts';

/** Events per window as bars; drawn under a metric on the same time axis. */
export function VolumeChart({ rows, height = 110 }: { rows: TimeSeriesRow[]; height?: number }) {
  return (
    <BarChart
      h={height}
      data={rows}
      dataKey="label"
      series={[{ name: 'value', color: 'var(--series-reference)', label: 'events' }]}
      barProps={{ isAnimationActive: false }}
      yAxisProps={{ width: 56, tickCount: 3, tickFormatter: formatShort }}
      xAxisProps={{ minTickGap: 40 }}
      tooltipProps={{
        content: ({ payload }) => {
          const row = payload?.[0]?.payload as TimeSeriesRow | undefined;
          return row ? (
            <ChartTooltip title={`${row.label} UTC`} lines={[['events', formatCount(row.value)]]} />
          ) : null;
        },
      }}
    />
  );
}
