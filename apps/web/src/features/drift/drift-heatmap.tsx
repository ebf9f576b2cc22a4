import { Text } from '@mantine/core';
import type { DriftTimelineAnswer } from '@plumbline/contracts';
import { type KeyboardEvent, useRef, useState } from 'react';
import { fieldText } from '../../filters/filter-text.ts';
import { formatNumber } from '../../format-number.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { type HeatmapRow, prepareHeatmap } from './prepare-heatmap.ts';

interface Place {
  row: number;
  cell: number;
}

const steps: Record<string, [rows: number, cells: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Columns beside windows; one cell is in the order of the Tab key, arrows move it, Enter opens its column. */
function Cells({ rows, onOpen }: { rows: HeatmapRow[]; onOpen: (column: string) => void }) {
  const [place, setPlace] = useState<Place>({ row: 0, cell: (rows[0]?.cells.length ?? 1) - 1 });
  const grid = useRef<HTMLTableElement>(null);
  const shown = rows[place.row];
  const cell = shown?.cells[place.cell];
  const every = Math.max(1, Math.ceil((rows[0]?.cells.length ?? 0) / 8));
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && shown) onOpen(shown.column);
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = { row: place.row + step[0], cell: place.cell + step[1] };
    if (!rows[next.row]?.cells[next.cell]) return;
    setPlace(next);
    grid.current?.querySelector<HTMLElement>(`[data-place="${next.row}/${next.cell}"]`)?.focus();
  };
  return (
    <>
      <Text size="sm" className="numbers" style={{ minHeight: 22, whiteSpace: 'normal' }} aria-hidden>
        {shown && cell && (
          <>
            <b>{fieldText(shown.column)}</b> {cell.text}
          </>
        )}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose cells take focus */}
      <table ref={grid} className="heatmap" role="grid" aria-label="Drift of every column over time">
        <thead>
          <tr>
            <th scope="col">Column</th>
            {rows[0]?.cells.map(({ start, label }, i) => (
              <th key={start} scope="col">
                <span className={i % every === 0 ? 'heatmap-tick' : 'heatmap-hidden'}>{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.column}>
              <th scope="row">{fieldText(row.column)}</th>
              {row.cells.map((each, j) => (
                <td
                  key={each.start}
                  data-place={`${i}/${j}`}
                  data-level={each.level ?? 'none'}
                  tabIndex={i === place.row && j === place.cell ? 0 : -1}
                  aria-label={`${fieldText(row.column)}, ${each.text}`}
                  onFocus={() => setPlace({ row: i, cell: j })}
                  onMouseEnter={() => setPlace({ row: i, cell: j })}
                  onClick={() => onOpen(row.column)}
                  onKeyDown={move}
                >
                  {each.drifted ? '●' : ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

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
      <ul className="heatmap-legend" aria-label="Colours">
        {legend.map(([level, text]) => (
          <li key={level}>
            <span data-level={level} className="heatmap-swatch" aria-hidden /> {text}
          </li>
        ))}
      </ul>
      <div className="heatmap-scroll">
        <Cells key={timeline.windows.length} rows={rows} onOpen={onOpen} />
      </div>
    </ChartPanel>
  );
}
