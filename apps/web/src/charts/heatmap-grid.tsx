import { Text } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';

type Level = 0 | 1 | 2 | 3 | 4;

interface HeatmapCell {
  /** Of the column; the same in every row. */
  key: string;
  /** Head of the column. */
  label: string;
  /** Null = no value. */
  level: Level | null;
  isMarked: boolean;
  /** All there is to say of the cell. */
  text: string;
}

interface GridRow {
  key: string;
  title: string;
  cells: HeatmapCell[];
}

interface HeatmapGridProps {
  label: string;
  /** Head of the names of rows. */
  corner: string;
  rows: GridRow[];
  legend: readonly (readonly [level: string, text: string])[];
  /** Heads of columns that are written out, about. */
  ticks: number;
  onOpen: (row: string, cell: string) => void;
}

const steps: Record<string, [rows: number, cells: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Rows of coloured cells; one is in the order of the Tab key, arrows move it and say what it holds, Enter opens it. */
export function HeatmapGrid({ label, corner, rows, legend, ticks, onOpen }: HeatmapGridProps) {
  const [place, setPlace] = useState({ row: 0, cell: (rows[0]?.cells.length ?? 1) - 1 });
  const grid = useRef<HTMLTableElement>(null);
  const shown = rows[place.row];
  const cell = shown?.cells[place.cell];
  const every = Math.max(1, Math.ceil((rows[0]?.cells.length ?? 0) / ticks));
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && shown && cell) onOpen(shown.key, cell.key);
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
      <ul className="heatmap-legend" aria-label="Colours">
        {legend.map(([level, text]) => (
          <li key={level}>
            <span data-level={level} className="heatmap-swatch" aria-hidden /> {text}
          </li>
        ))}
      </ul>
      <div className="heatmap-scroll">
        <Text size="sm" className="numbers" style={{ minHeight: 22, whiteSpace: 'normal' }} aria-hidden>
          {shown && cell && (
            <>
              <b>{shown.title}</b> {cell.text}
            </>
          )}
        </Text>
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose cells take focus */}
        <table ref={grid} className="heatmap" role="grid" aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{corner}</th>
              {rows[0]?.cells.map(({ key, label: head }, i) => (
                <th key={key} scope="col">
                  <span className={i % every === 0 ? 'heatmap-tick' : 'heatmap-hidden'}>{head}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={row.key}>
                <th scope="row">{row.title}</th>
                {row.cells.map((each, j) => (
                  <td
                    key={each.key}
                    data-place={`${i}/${j}`}
                    data-level={each.level ?? 'none'}
                    tabIndex={i === place.row && j === place.cell ? 0 : -1}
                    aria-label={`${row.title}, ${each.text}`}
                    onFocus={() => setPlace({ row: i, cell: j })}
                    onMouseEnter={() => setPlace({ row: i, cell: j })}
                    onClick={() => onOpen(row.key, each.key)}
                    onKeyDown={move}
                  >
                    {each.isMarked ? '●' : ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
