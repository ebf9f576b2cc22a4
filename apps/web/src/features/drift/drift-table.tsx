import { Table } from '@mantine/core';
import type { DriftAnswer, DriftTimelineAnswer, MetricInfo } from '@plumbline/contracts';
import { DriftRow } from './drift-row.tsx';
import type { DriftColumn } from './order-by-drift.ts';

const numbers = new Set(['Drift', 'Importance', 'p', 'n reference', 'n current', 'Missing']);

interface DriftTableProps {
  answer: DriftAnswer;
  columns: DriftColumn[];
  timeline: DriftTimelineAnswer | undefined;
  selected: string | undefined;
  catalogue: MetricInfo[] | undefined;
  onOpen: (column: string) => void;
}

/** Every column, its verdict and, where events carry attributions, how much it matters to the model. */
export function DriftTable({ answer, columns, timeline, selected, catalogue, onOpen }: DriftTableProps) {
  const hasImportance = columns.some(({ importance }) => (importance ?? null) !== null);
  const isOwn = answer.profile === 'plumbline';
  const headers = [
    'Column',
    'Kind',
    'Status',
    'Drift',
    ...(hasImportance ? ['Importance'] : []),
    'p',
    'n reference',
    'n current',
    'Missing',
    ...(isOwn ? ['Over time'] : []),
  ];
  return (
    <Table.ScrollContainer minWidth={1000}>
      <Table aria-label="Columns by drift" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {headers.map((header) => (
              <Table.Th key={header} ta={numbers.has(header) ? 'right' : 'left'}>
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((row) => (
            <DriftRow
              key={row.column}
              column={row}
              isOpen={row.column === selected}
              hasImportance={hasImportance}
              points={isOwn ? timeline?.columns.find(({ column }) => column === row.column)?.points : null}
              catalogue={catalogue}
              onOpen={() => onOpen(row.column)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
