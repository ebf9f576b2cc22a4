import { CompositeChart } from '@mantine/charts';
import { formatCount, formatNumber, formatShort } from '../format-number.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { lineLabel } from './line-label.ts';

export interface UnitSquareRow {
  x: number;
  y: number;
  interval?: [lower: number, upper: number] | null;
  n?: number;
}

interface UnitSquareChartProps {
  rows: UnitSquareRow[];
  xLabel: string;
  yLabel: string;
  /** The dashed line to read the curve against: y = x, or a constant. */
  guide: 'diagonal' | number | null;
  guideLabel: string;
}

const axis = {
  type: 'number' as const,
  domain: [0, 1] as [number, number],
  ticks: [0, 0.25, 0.5, 0.75, 1],
  tickFormatter: formatShort,
};

/** A curve inside [0, 1] × [0, 1]: ROC, precision against recall, calibration. */
export function UnitSquareChart({ rows, xLabel, yLabel, guide, guideLabel }: UnitSquareChartProps) {
  const hasIntervals = rows.some((row) => row.interval);
  return (
    <CompositeChart
      h={280}
      data={rows}
      dataKey="x"
      series={[
        ...(hasIntervals
          ? [{ name: 'interval', type: 'area' as const, color: 'var(--series-current)' }]
          : []),
        { name: 'y', type: 'line' as const, color: 'var(--series-current)', label: yLabel },
      ]}
      curveType="linear"
      connectNulls={false}
      withDots={rows.length <= 30}
      dotProps={{ r: 3 }}
      lineProps={{ isAnimationActive: false }}
      areaProps={{
        isAnimationActive: false,
        strokeOpacity: 0,
        fillOpacity: 0.18,
        dot: false,
        activeDot: false,
      }}
      xAxisLabel={xLabel}
      yAxisLabel={yLabel}
      xAxisProps={axis}
      yAxisProps={{ ...axis, width: 56 }}
      referenceLines={
        guide === null
          ? []
          : [
              {
                ...(guide === 'diagonal'
                  ? {
                      segment: [
                        { x: 0, y: 0 },
                        { x: 1, y: 1 },
                      ] as const,
                    }
                  : { y: guide }),
                strokeDasharray: '6 4',
                color: 'var(--series-threshold)',
                label: lineLabel(guideLabel),
                labelPosition: 'insideBottomRight' as const,
              },
            ]
      }
      tooltipProps={{
        content: ({ payload }) => {
          const row = payload?.[0]?.payload as UnitSquareRow | undefined;
          if (!row) return null;
          const lines: [string, string][] = [
            [yLabel, formatNumber(row.y)],
            ...(row.n === undefined ? [] : [['n', formatCount(row.n)] as [string, string]]),
          ];
          return <ChartTooltip title={`${xLabel} ${formatNumber(row.x)}`} lines={lines} />;
        },
      }}
    />
  );
}
