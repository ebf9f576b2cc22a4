import { Text } from '@mantine/core';
import type { PerformanceAnswer } from '@plumbline/contracts';
import { getRouteApi } from '@tanstack/react-router';
import { formatCount, formatShare, formatWithInterval } from '../../format-number.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { expectedValue } from './expected-value.ts';
import { parseOutcomeValues } from './threshold-value.ts';

const route = getRouteApi('/shell/models/$model/performance');

interface ExpectedOutcomesProps {
  expected: NonNullable<PerformanceAnswer['estimation']['expected_confusion']>;
  nReference: number;
  positive: string;
}

/** How many events of each outcome to expect, and what an event is worth by the values that the user gave. */
export function ExpectedOutcomes({ expected, nReference, positive }: ExpectedOutcomesProps) {
  const worth = parseOutcomeValues(route.useSearch().values);
  const value = worth ? expectedValue(expected, worth, nReference) : undefined;
  const { tp, fp, fn, tn } = expected;
  const n = tp.value + fp.value + fn.value + tn.value;
  const count = (of: number | null) => (of === null ? '–' : formatCount(Math.round(of)));
  return (
    <div>
      <DataTable
        label="Expected outcomes"
        rows={[
          { outcome: `${positive}, predicted so`, ...tp },
          { outcome: `${positive}, not predicted`, ...fn },
          { outcome: `predicted ${positive}, but not so`, ...fp },
          { outcome: `neither`, ...tn },
        ]}
        keyOf={({ outcome }) => outcome}
        columns={[
          { header: 'Expected outcome', cell: ({ outcome }) => outcome },
          { header: 'Events', isNumber: true, cell: (row) => count(row.value) },
          {
            header: '±3 SE',
            isNumber: true,
            cell: (row) => `${count(row.lower)} to ${count(row.upper)}`,
          },
          { header: 'Share', isNumber: true, cell: (row) => formatShare(row.value / n) },
        ]}
      />
      {value && (
        <Text size="sm">
          By the values you gave to outcomes an event is expected to be worth{' '}
          <strong>{formatWithInterval(value.mean, value.lower, value.upper)}</strong>, n ={' '}
          {formatCount(Math.round(n))}.
        </Text>
      )}
    </div>
  );
}
