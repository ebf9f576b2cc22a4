import { CompositeChart } from '@mantine/charts';
import { formatCount, formatNumber, formatShare, formatShort, formatWithInterval } from '../format-number.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { estimateText } from './estimate-text.ts';
import { limitText } from './limit-text.ts';
import { lineLabel } from './line-label.ts';
import { niceTicks } from './nice-ticks.ts';
import type { PreparedTimeSeries, TimeSeriesRow } from './prepare-time-series.ts';

interface TimeSeriesChartProps {
  prepared: PreparedTimeSeries;
  name: string;
  height?: number;
}

function yTicks({ rows, threshold, hasLimits }: PreparedTimeSeries): number[] {
  const limits = (row: TimeSeriesRow) => (hasLimits ? [row.upperLimit, row.lowerLimit] : []);
  const ends = rows.flatMap((row) =>
    [
      row.value,
      ...(row.value === null ? [] : (row.interval ?? [])),
      ...limits(row),
      row.estimate,
      ...(row.estimateBand ?? []),
    ].filter((end) => end !== null && end !== undefined),
  );
  const low = Math.min(...ends, threshold ?? Number.POSITIVE_INFINITY);
  const high = Math.max(...ends, threshold ?? Number.NEGATIVE_INFINITY);
  return niceTicks(low >= 0 && (low < high * 0.4 || low === high) ? 0 : low, high);
}

function lines(row: TimeSeriesRow, name: string, hasLimits: boolean): [string, string][] {
  const value =
    row.value === null
      ? `no value (${row.status.replaceAll('_', ' ')})`
      : row.interval
        ? formatWithInterval(row.value, ...row.interval)
        : formatNumber(row.value);
  const limits: [string, string][] = hasLimits ? [['threshold', limitText(row)]] : [];
  const estimate: [string, string][] = row.estimate === undefined ? [] : [['estimated', estimateText(row)]];
  const labelled: [string, string][] =
    row.status === 'provisional' ? [['provisional', `${formatShare(row.labelled)} labelled`]] : [];
  return [[name, value], ['n', formatCount(row.n)], ...labelled, ...estimate, ...limits];
}

const limitSeries = (['upperLimit', 'lowerLimit'] as const).map((name) => ({
  name,
  type: 'line' as const,
  color: 'var(--series-threshold)',
  strokeDasharray: '6 4',
  label: 'threshold',
}));

const estimateSeries = [
  { name: 'estimateBand', type: 'area' as const, color: 'var(--series-estimate)' },
  {
    name: 'estimate',
    type: 'line' as const,
    color: 'var(--series-estimate)',
    strokeDasharray: '5 3',
    label: 'estimated',
  },
];

function valueSeries(name: string, hasProvisional: boolean) {
  const line = { type: 'line' as const, color: 'var(--series-current)' };
  if (!hasProvisional) return [{ ...line, name: 'value', label: name }];
  return [
    { ...line, name: 'settledValue', label: name },
    { ...line, name: 'provisionalValue', label: `${name}, provisional`, strokeDasharray: '2 4' },
  ];
}

/**
 * One value over time with its interval as a band, and its threshold as a dashed, labelled line, or as dashed lines where
 * each window has its own. What was estimated without labels is a dashed line with a band of its own.
 */
export function TimeSeriesChart({ prepared, name, height = 240 }: TimeSeriesChartProps) {
  const { rows, threshold, hasIntervals, hasLimits, hasEstimates, hasProvisional } = prepared;
  const ticks = yTicks(prepared);
  return (
    <CompositeChart
      h={height}
      data={rows}
      dataKey="label"
      series={[
        ...(hasIntervals
          ? [{ name: 'interval', type: 'area' as const, color: 'var(--series-current)' }]
          : []),
        ...valueSeries(name, hasProvisional),
        ...(hasEstimates ? estimateSeries : []),
        ...(hasLimits ? limitSeries : []),
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
        ticks,
        domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1],
        tickFormatter: formatShort,
      }}
      xAxisProps={{ minTickGap: 40 }}
      referenceLines={
        threshold === null
          ? []
          : [
              {
                y: threshold,
                label: lineLabel(`threshold ${formatShort(threshold)}`),
                color: 'var(--series-threshold)',
                strokeDasharray: '6 4',
                labelPosition: 'insideBottomRight' as const,
              },
            ]
      }
      tooltipProps={{
        content: ({ payload }) => {
          const row = payload?.[0]?.payload as TimeSeriesRow | undefined;
          return row ? <ChartTooltip title={`${row.label} UTC`} lines={lines(row, name, hasLimits)} /> : null;
        },
      }}
    />
  );
}
