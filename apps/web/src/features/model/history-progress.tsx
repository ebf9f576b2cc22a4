import { Progress, Text } from '@mantine/core';
import type { ReferenceAnswer } from '@plumbline/contracts';
import { formatCount, formatCounted } from '../../format-number.ts';

/** How far the hours of the past are recomputed on new bins; nothing when they are. */
export function HistoryProgress({ history }: Pick<ReferenceAnswer, 'history'>) {
  const { status, hours, hours_done: done } = history;
  if (status === 'current' || hours === 0) return null;
  return (
    <div className="panel">
      <Text size="sm">
        New bins: {formatCount(done)} of {formatCounted(hours, 'hour')} recomputed on them, newest first.
        Charts already compare with the new reference and take longer until then; monitors judge when all are
        done.
      </Text>
      <Progress value={(100 * done) / hours} mt="xs" aria-label="History recomputed on the new bins" />
    </div>
  );
}
