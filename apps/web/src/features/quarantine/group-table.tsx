import { Text } from '@mantine/core';
import type { QuarantineGroup } from '@plumbline/contracts';
import { formatCount } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';
import type { QuarantineSearch } from '../../page-search.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { ruleField } from './rule-text.ts';

interface GroupTableProps {
  model: string;
  groups: QuarantineGroup[];
  status: QuarantineSearch['status'];
}

/** One line a fault and field, the most frequent first; a click shows its rows. */
export function GroupTable({ model, groups, status }: GroupTableProps) {
  return (
    <DataTable
      label="Rejected rows by field and fault"
      rows={groups}
      keyOf={({ code, field, kind }) => `${kind} ${code} ${field}`}
      columns={[
        { header: 'Rows', isNumber: true, cell: ({ n }) => formatCount(n) },
        {
          header: 'Field',
          cell: ({ code, field, kind }) => (
            <AnchorLink
              to="/models/$model/quarantine"
              params={{ model }}
              search={(before) => ({ ...before, status, code, field, kind })}
              fw={600}
              resetScroll={false}
              style={{ display: 'inline-block', minWidth: 140, overflowWrap: 'anywhere' }}
            >
              {field === '' ? `the whole row (${kind})` : ruleField(field)}
            </AnchorLink>
          ),
        },
        {
          header: 'Fault',
          cell: ({ code, example }) => (
            <>
              {code.replaceAll('_', ' ')}
              <Text size="sm" c="dimmed" miw={200} style={{ overflowWrap: 'anywhere' }}>
                {example}
              </Text>
            </>
          ),
        },
        { header: 'First (UTC)', cell: ({ first_at }) => <Time at={first_at} /> },
        { header: 'Last (UTC)', cell: ({ last_at }) => <Time at={last_at} /> },
      ]}
    />
  );
}

const Time = ({ at }: { at: string }) => (
  <span className="numbers" style={{ whiteSpace: 'nowrap' }}>
    {formatTime(at)}
  </span>
);
