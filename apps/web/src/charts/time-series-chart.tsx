import { CompositeChart } from '@mantine/charts';
import { formatCount, formatNumber, formatWithInterval } from '../format-number.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import type { PreparedTimeSeries, TimeSeriesRow } from './prepare-time-series.ts';

interface TimeSeriesChartProps {
  prepared: PreparedTimeSeries;
  name: string;
  height?: number;
  formatValue?: (value: number) => string;
}

function lines(row: TimeSeriesRow, name: string, format: (value: number) => string): [string, string][] {
  const value =
    row.value === null
      ? `no value (${row.status.replaceAll('_', ' ')})`
      : row.interval
        ? formatWithInterval(row.value, ...row.interval)
        : format(row.value);
  return [
    [name, value],
    ['n', formatCount(row.n)],
  ];
}

/** One value over time with its interval as a band and its threshold as a dashed, labelled line. */
export function TimeSeriesChart({
  prepared,
  name,
  height = 240,
  formatValue = formatNumber,
}: TimeSeriesChartProps) {
  const { rows, threshold, hasIntervals } = prepared;
  return (
    <CompositeChart
      h={height}
      data={rows}
      dataKey="label"
      series={[
        ...(hasIntervals
          ? [{ name: 'interval', type: 'area' as const, color: 'var(--series-current)' }]
          : []),
        { name: 'value', type: 'line' as const, color: 'var(--series-current)', label: name },
      ]}
      curveType="linear"
      connectNulls={false}
      withDots={rows.length <= 60}
      dotProps={{ r: 2.5 }}
      lineProps={{ isAnimationActive: false }}
      areaProps={{
        isAnimationActive: false,
        strokeOpacity: 0,
        fillOpacity: 0.18,
        dot: false,
        activeDot: false,
      }}
      yAxisProps={{
        width: 56,
        domain: [
          (low: number) => (low >= 0 && low < 0.3 ? 0 : low),
          (high: number) => Math.max(high, threshold ?? high) * (high > 0 ? 1.05 : 1),
        ],
        tickFormatter: formatValue,
      }}
      xAxisProps={{ minTickGap: 40 }}
      referenceLines={
        threshold === null
          ? []
          : [
              {
                y: threshold,
                label: `threshold ${formatNumber(threshold)}`,
                color: 'var(--series-threshold)',
                strokeDasharray: '6 4',
                labelPosition: 'insideTopRight' as const,
                ifOverflow: 'extendDomain' as const,
              },
            ]
      }
      tooltipProps={{
        content: ({ payload }) => {
          const row = payload?.[0]?.payload as TimeSeriesRow | undefined;
          return row ? (
            <ChartTooltip title={`${row.label} UTC`} lines={lines(row, name, formatValue)} />
          ) : null;
        },
      }}
    />
  );
}
