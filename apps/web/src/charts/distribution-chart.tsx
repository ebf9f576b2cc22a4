import { BarChart } from '@mantine/charts';
import { useElementSize } from '@mantine/hooks';
import { formatCount, formatShare } from '../format-number.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { niceTicks } from './nice-ticks.ts';
import type { DistributionRow } from './prepare-distribution.ts';

const part = (share: number | null, count: number | null) => `${formatShare(share)} (${formatCount(count)})`;

/** Shares of reference and current side by side, bin by bin. */
export function DistributionChart({
  rows,
  hasReference,
}: {
  rows: DistributionRow[];
  hasReference: boolean;
}) {
  const { ref, width } = useElementSize();
  // Slanted labels need this much room each; narrow charts name every second or third bin.
  const every = width === 0 ? 1 : Math.max(1, Math.ceil((rows.length * 18) / Math.max(1, width - 60)));
  const ticks = niceTicks(0, Math.max(...rows.map((row) => Math.max(row.current, row.reference ?? 0))));
  return (
    <div ref={ref}>
      <BarChart
        h={320}
        data={rows}
        dataKey="label"
        withLegend
        legendProps={{ itemSorter: null, verticalAlign: 'top' }}
        series={[
          ...(hasReference
            ? [{ name: 'reference', label: 'Reference', color: 'var(--series-reference)' }]
            : []),
          { name: 'current', label: 'Current', color: 'var(--series-current)' },
        ]}
        barProps={(series) => ({
          isAnimationActive: false,
          ...(series.name === 'reference'
            ? {
                stroke: 'var(--mantine-color-text)',
                strokeOpacity: 0.7,
                strokeDasharray: '3 2',
                fillOpacity: 0.55,
              }
            : {}),
        })}
        valueFormatter={formatShare}
        yAxisProps={{ width: 60, ticks, domain: [0, ticks.at(-1) ?? 1] }}
        xAxisProps={
          rows.length > 8
            ? {
                interval: every - 1,
                angle: -40,
                textAnchor: 'end',
                height: 84,
                tick: { fontSize: 11, fill: 'currentColor' },
              }
            : { interval: 0, height: 36 }
        }
        tooltipProps={{
          content: ({ payload }) => {
            const row = payload?.[0]?.payload as DistributionRow | undefined;
            if (!row) return null;
            const lines: [string, string][] = [
              ...(hasReference
                ? [['Reference', part(row.reference, row.referenceCount)] as [string, string]]
                : []),
              ['Current', part(row.current, row.currentCount)],
            ];
            return <ChartTooltip title={row.label} lines={lines} />;
          },
        }}
      />
    </div>
  );
}
