import { Alert, List, Text } from '@mantine/core';
import type { ReplayAnswer } from '@plumbline/contracts';
import { formatCount, formatCounted } from '../../format-number.ts';

const shownFaults = 5;

/** What a replay came to, with the first rows that still fail. */
export function ReplayResult({ answer }: { answer: ReplayAnswer }) {
  const { replayed, duplicates, still_rejected: faults, still_rejected_total: failed } = answer;
  const hidden = failed - Math.min(failed, shownFaults);
  return (
    <Alert variant="default" role="status" title={`Stored ${formatCounted(replayed, 'row')}`}>
      <Text size="sm">
        {`${formatCount(duplicates)} had been stored before, ${formatCount(failed)} still rejected.`}
      </Text>
      {faults.length > 0 && (
        <List size="sm" mt="xs">
          {faults.slice(0, shownFaults).map(({ id, prediction_id, pointer, detail }) => (
            <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
              {`${prediction_id ?? 'no id'} ${pointer}: ${detail}`}
            </List.Item>
          ))}
          {hidden > 0 && <List.Item>{`and ${formatCounted(hidden, 'more row')}`}</List.Item>}
        </List>
      )}
    </Alert>
  );
}
