import type { DriftTimelineAnswer } from '@plumbline/contracts';
import { formatCount, formatNumber, formatShort } from '../../format-number.ts';
import { formatWindow } from '../../format-time.ts';

type Point = DriftTimelineAnswer['columns'][number]['points'][number];

interface HeatmapCell {
  start: string;
  label: string;
  value: number | null;
  drifted: boolean;
  /** 0 = far below the threshold, 2 = beyond it, 4 = four times as much; null = no value. */
  level: 0 | 1 | 2 | 3 | 4 | null;
  /** All there is to say of the cell. */
  text: string;
}

export interface HeatmapRow {
  column: string;
  metric: string;
  threshold: number | null;
  cells: HeatmapCell[];
}

function levelOf(value: number, threshold: number | null): 0 | 1 | 2 | 3 | 4 {
  const times = threshold === null || threshold === 0 ? 0 : value / threshold;
  if (times <= 0.5) return 0;
  if (times <= 1) return 1;
  if (times <= 2) return 2;
  return times <= 4 ? 3 : 4;
}

function cellText(label: string, { value, n, status, drifted, adjusted_p: p }: Point, limit: number | null) {
  const size = `${formatCount(n)} value${n === 1 ? '' : 's'}`;
  if (value === null) return `${label}: ${status.replaceAll('_', ' ')}, ${size}`;
  const verdict = drifted ? 'drifted' : 'stable';
  const chance = p === null ? '' : `, adjusted p ${formatNumber(p)}`;
  return `${label}: ${formatNumber(value)}, ${verdict} (limit ${formatShort(limit)}${chance}), ${size}`;
}

/** Timeline → rows of a heatmap, in the order of `columns`; columns it does not name come last. */
export function prepareHeatmap(timeline: DriftTimelineAnswer, columns: readonly string[]): HeatmapRow[] {
  const place = (column: string) => {
    const at = columns.indexOf(column);
    return at < 0 ? columns.length : at;
  };
  return [...timeline.columns]
    .sort((a, b) => place(a.column) - place(b.column))
    .map(({ column, metric, threshold, points }) => ({
      column,
      metric,
      threshold,
      cells: timeline.windows.flatMap((start, i) => {
        const point = points[i];
        if (!point) return [];
        const label = formatWindow(start, timeline.granularity);
        return {
          start,
          label,
          value: point.value,
          drifted: point.drifted,
          level: point.value === null ? null : levelOf(point.value, threshold),
          text: cellText(label, point, threshold),
        };
      }),
    }));
}
