import { prepareSparkline } from './prepare-sparkline.ts';

interface SparklineProps {
  values: (number | null)[];
  /** What the line shows, for screen readers. */
  label: string;
  width?: number;
  height?: number;
}

/** A word-sized line: no axis, gaps stay gaps, nothing is drawn when nothing is known. */
export function Sparkline({ values, label, width = 120, height = 24 }: SparklineProps) {
  return (
    <svg
      width={width}
      height={height + 4}
      viewBox={`0 -2 ${width} ${height + 4}`}
      role="img"
      aria-label={label}
    >
      <path
        d={prepareSparkline(values, width, height)}
        fill="none"
        stroke="var(--series-current)"
        strokeWidth={1.5}
      />
    </svg>
  );
}
