import type { DriftTimelineAnswer } from '@plumbline/contracts';
import { HeatmapGrid } from '../../charts/heatmap-grid.tsx';
import { fieldText } from '../../filters/filter-text.ts';
import { formatNumber } from '../../format-number.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { type HeatmapRow, prepareHeatmap } from './prepare-heatmap.ts';

const legend = [
  ['0', 'up to half the limit'],
  ['1', 'up to the limit'],
  ['2', 'up to twice'],
  ['3', 'up to four times'],
  ['4', 'more'],
  ['none', 'no value'],
] as const;

/** How far every column was from the reference, window by window; can be read as a table. */
export function DriftHeatmap(props: {
  timeline: DriftTimelineAnswer;
  /** Names of columns, in the order of rows. */
  order: readonly string[];
  /** Whether the verdicts above are those of other rules than the platform's own. */
  isBesideOtherRules: boolean;
  onOpen: (column: string) => void;
}) {
  const { timeline, order, isBesideOtherRules, onOpen } = props;
  const rows = prepareHeatmap(timeline, order);
  if (rows.length === 0 || timeline.windows.length === 0) return null;
  const left = timeline.windows_total - timeline.windows.length;
  const shown = left > 0 ? ` The last ${timeline.windows.length} of ${timeline.windows_total} windows.` : '';
  return (
    <ChartPanel
      title="Drift of every column over time"
      note={`Each column’s distance from the reference by ${timeline.granularity}, as a multiple of its limit; ● marks drift${isBesideOtherRules ? ' by Plumbline’s own rules' : ''}.${shown}`}
      rows={rows}
      keyOf={(row) => row.column}
      columns={[
        { header: 'Column', cell: (row) => fieldText(row.column) },
        ...(rows[0]?.cells ?? []).map(({ label }, i) => ({
          header: label,
          isNumber: true,
          cell: (row: HeatmapRow) =>
            `${formatNumber(row.cells[i]?.value)}${row.cells[i]?.drifted ? ' ●' : ''}`,
        })),
      ]}
    >
      <HeatmapGrid
        key={timeline.windows.length}
        label="Drift of every column over time"
        corner="Column"
        legend={legend}
        ticks={8}
        rows={rows.map(({ column, cells }) => ({
          key: column,
          title: fieldText(column),
          cells: cells.map(({ start, drifted, ...cell }) => ({ ...cell, key: start, isMarked: drifted })),
        }))}
        onOpen={onOpen}
      />
    </ChartPanel>
  );
}
