import { formatNumber, formatSigned } from '../format-number.ts';
import type { Waterfall } from './prepare-waterfall.ts';

const rowHeight = 30;
const labelWidth = 230;
const barWidth = 380;
const numberWidth = 90;

interface WaterfallChartProps {
  waterfall: Waterfall;
  /** What the walk begins and ends with. */
  ends?: { base: string; sum: string };
}

const endsOfScore = { base: 'Base value', sum: 'Sum' };

/** Bars that walk from the base value to the sum; direction is told by sign and arrow as well as by colour. */
export function WaterfallChart({ waterfall, ends = endsOfScore }: WaterfallChartProps) {
  const [low, high] = waterfall.domain;
  const span = high - low || 1;
  const x = (value: number) => labelWidth + ((value - low) / span) * barWidth;
  const width = labelWidth + barWidth + numberWidth;
  const height = (waterfall.rows.length + 2) * rowHeight;
  const end = (waterfall.rows.length + 1) * rowHeight;
  const label = `From ${ends.base.toLowerCase()} ${formatNumber(waterfall.base)} to ${formatNumber(waterfall.sum)}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section style={{ overflowX: 'auto' }} aria-label={label} tabIndex={0}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        style={{ minWidth: 560, maxWidth: 860 }}
        role="img"
        aria-label={label}
        fontSize={13}
        fill="var(--mantine-color-text)"
      >
        <text x={0} y={20}>
          {ends.base}
        </text>
        <line x1={x(waterfall.base)} x2={x(waterfall.base)} y1={4} y2={rowHeight + 4} stroke="currentColor" />
        <text x={width} y={20} textAnchor="end">
          {formatNumber(waterfall.base)}
        </text>
        {waterfall.rows.map((row, index) => {
          const top = (index + 1) * rowHeight;
          const isUp = row.contribution >= 0;
          const text = row.value === undefined ? row.label : `${row.label} = ${valueText(row.value)}`;
          return (
            <g key={row.label}>
              <title>{text}</title>
              <text x={0} y={top + 20}>
                {text.length > 34 ? `${text.slice(0, 33)}…` : text}
              </text>
              <rect
                x={Math.min(x(row.from), x(row.to))}
                y={top + 5}
                width={Math.max(Math.abs(x(row.to) - x(row.from)), 1)}
                height={rowHeight - 10}
                fill={isUp ? 'var(--series-positive)' : 'var(--series-negative)'}
              />
              <line
                x1={x(row.to)}
                x2={x(row.to)}
                y1={top + 5}
                y2={top + rowHeight + 5}
                stroke="currentColor"
              />
              <text x={width} y={top + 20} textAnchor="end">
                {isUp ? '▲' : '▼'} {formatSigned(row.contribution)}
              </text>
            </g>
          );
        })}
        <text x={0} y={end + 20} fontWeight={600}>
          {ends.sum}
        </text>
        <text x={width} y={end + 20} textAnchor="end" fontWeight={600}>
          {formatNumber(waterfall.sum)}
        </text>
      </svg>
    </section>
  );
}

function valueText(value: number | string | boolean | null): string {
  if (value === null) return 'missing';
  return typeof value === 'number' ? formatNumber(value) : String(value);
}
