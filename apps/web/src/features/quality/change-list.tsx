import { Button, Text } from '@mantine/core';
import { type ExpectationChange, expectationKey } from '@plumbline/contracts';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount } from '../../format-number.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { expectationSentence, kindWords } from './expectation-text.ts';

const mostShown = 100;
const words = { added: 'Added', changed: 'Changed', removed: 'Removed' } as const;

function Sentences({ before, after }: ExpectationChange) {
  return (
    <div style={{ minWidth: 240 }}>
      {before && (
        <Text size="sm" c="dimmed">
          <del>{expectationSentence(before)}</del>
          {before.enabled ? '' : ' (off)'} · {before.severity}
        </Text>
      )}
      {after && (
        <Text size="sm">
          {expectationSentence(after)}
          {after.enabled ? '' : ' (off)'} · {after.severity}
        </Text>
      )}
    </div>
  );
}

interface ChangeListProps {
  label: string;
  changes: ExpectationChange[];
  /** Makes one change alone. */
  onTake?: (change: ExpectationChange) => void;
}

/** What one version says instead of another. */
export function ChangeList({ label, changes, onTake }: ChangeListProps) {
  const subject = ({ before, after }: ExpectationChange) => after ?? before;
  return (
    <>
      <DataTable
        label={label}
        rows={changes.slice(0, mostShown)}
        keyOf={(change, index) => {
          const of = subject(change);
          return of ? expectationKey(of) : String(index);
        }}
        columns={[
          { header: 'Change', cell: ({ change }) => words[change] },
          {
            header: 'Column',
            cell: (change) => <b>{fieldText(subject(change)?.column ?? 'all rows')}</b>,
          },
          {
            header: 'Expectation',
            cell: (change) => {
              const of = subject(change);
              return of ? kindWords[of.kind] : '';
            },
          },
          { header: 'Says', cell: (change) => <Sentences {...change} /> },
          ...(onTake
            ? [
                {
                  header: 'Take over',
                  cell: (change: ExpectationChange) => (
                    <Button size="compact-sm" variant="default" onClick={() => onTake(change)}>
                      Take over
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {changes.length > mostShown && (
        <Text size="sm" c="dimmed">
          {formatCount(mostShown)} of {formatCount(changes.length)} changes are listed.
        </Text>
      )}
    </>
  );
}
