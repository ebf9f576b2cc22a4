import { Text } from '@mantine/core';
import type { HeldOutLoss } from '@plumbline/contracts';
import { formatCount, formatNumber, formatShare } from '../../format-number.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { missText } from './miss-text.ts';

function explained(r2: number | null): string {
  if (r2 === null) return 'All of them have the same error.';
  if (r2 <= 0) return 'Which of their events have large errors it could not tell.';
  return `It explained ${formatShare(r2)} of how the error varies from event to event (R² ${formatNumber(r2)}).`;
}

/** How stretches of the reference fared when the others estimated them. */
export function HeldOut({ r2, blocks }: HeldOutLoss) {
  return (
    <div>
      <Text size="sm">
        Held out: each fifth of the reference, in order of time, estimated by what was learnt from the others.{' '}
        {explained(r2)}
      </Text>
      <DataTable
        label="Estimates of held-out parts of the reference"
        rows={blocks.map((block, i) => ({ ...block, part: i + 1 }))}
        keyOf={({ part }) => String(part)}
        columns={[
          { header: 'Part of the reference', cell: ({ part }) => `${part} of ${blocks.length}` },
          { header: 'Estimated', isNumber: true, cell: (row) => formatNumber(row.estimated) },
          { header: 'Realised', isNumber: true, cell: (row) => formatNumber(row.realised) },
          { header: 'Labelled n', isNumber: true, cell: (row) => formatCount(row.n) },
          { header: 'Miss, in SE', isNumber: true, cell: ({ bias }) => missText(bias) },
        ]}
      />
    </div>
  );
}
