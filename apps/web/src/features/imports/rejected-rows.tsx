import { Text } from '@mantine/core';
import type { RejectedRow } from '@plumbline/contracts';
import { formatCount } from '../../format-number.ts';
import { DataTable } from '../../ui/data-table.tsx';

interface RejectedRowsProps {
  label: string;
  rows: RejectedRow[];
  total: number;
}

/** Rows that were refused and why; says when there are more than are listed. */
export function RejectedRows({ label, rows, total }: RejectedRowsProps) {
  return (
    <>
      <DataTable
        label={label}
        rows={rows}
        keyOf={(row, index) => `${row.index} ${index}`}
        maxHeight={320}
        columns={[
          { header: 'Row', isNumber: true, cell: (row) => formatCount(row.index + 1) },
          {
            header: 'Prediction id',
            cell: (row) => <span style={{ overflowWrap: 'anywhere' }}>{row.prediction_id ?? '–'}</span>,
          },
          { header: 'Reason', cell: (row) => row.code },
          {
            header: 'Detail',
            cell: (row) => (
              <Text size="sm" miw={220} style={{ overflowWrap: 'break-word' }}>
                {row.detail}
              </Text>
            ),
          },
        ]}
      />
      {total > rows.length && (
        <Text size="sm" c="dimmed">
          The first {formatCount(rows.length)} of {formatCount(total)}.
        </Text>
      )}
    </>
  );
}
