import { Text } from '@mantine/core';
import type { ReferenceAnswer } from '@plumbline/contracts';
import { formatCounted } from '../../format-number.ts';
import { formatRange, formatTime } from '../../format-time.ts';

/** What the model is compared with, where it came from, and since when its bins hold. */
export function ReferenceText({ answer: { reference, bins } }: { answer: ReferenceAnswer }) {
  if (reference === null)
    return <Text>No reference yet. Import one, or post it: drift is measured against it.</Text>;
  const source = reference.source === 'upload' ? 'uploaded' : 'taken from production';
  const range =
    reference.from !== null && reference.to !== null
      ? `, predictions of ${formatRange(reference.from, reference.to)}`
      : '';
  return (
    <Text>
      {formatCounted(reference.rows, 'row')} {source} {formatTime(reference.created_at)} UTC{range}. Bins of{' '}
      {formatCounted(bins.columns, 'column')} were made of them {formatTime(bins.created_at)} UTC; every chart
      is on these bins.
    </Text>
  );
}
