import { Button, Text } from '@mantine/core';
import type { SchemaFeature } from '@plumbline/contracts';
import { formatShare, formatShort } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { StatusWord } from '../../ui/status-word.tsx';

const states = {
  ok: { look: 'good', word: 'As before' },
  missing: { look: 'warning', word: 'Missing' },
  retyped: { look: 'bad', word: 'Other type' },
} as const;

function boundsText({ kind, min, max }: SchemaFeature): string {
  if (kind !== 'numeric' || (min === null && max === null)) return '–';
  return `${min === null ? 'any' : formatShort(min)} to ${max === null ? 'any' : formatShort(max)}`;
}

const Time = ({ at }: { at: string | null }) => (
  <span className="numbers" style={{ whiteSpace: 'nowrap' }}>
    {at === null ? 'never' : formatTime(at)}
  </span>
);

export function FeatureTable(props: { features: SchemaFeature[]; onEdit: (feature: SchemaFeature) => void }) {
  return (
    <DataTable
      label="Features"
      rows={props.features}
      keyOf={({ name }) => name}
      columns={[
        {
          header: 'Feature',
          cell: ({ name, declared, sensitive }) => (
            <>
              <b style={{ display: 'inline-block', minWidth: 120, overflowWrap: 'anywhere' }}>{name}</b>
              <Text size="sm" c="dimmed">
                {declared ? 'declared' : 'learned from rows'}
                {sensitive && ', sensitive'}
              </Text>
            </>
          ),
        },
        { header: 'Kind', cell: ({ kind }) => kind },
        {
          header: 'State',
          cell: ({ state }) => <StatusWord look={states[state].look}>{states[state].word}</StatusWord>,
        },
        { header: 'Bounds', cell: boundsText },
        { header: 'Missing', isNumber: true, cell: ({ missing_share }) => formatShare(missing_share) },
        {
          header: 'Examples',
          cell: ({ examples, sensitive }) =>
            sensitive ? (
              <Text size="sm" c="dimmed">
                not shown
              </Text>
            ) : (
              <span style={{ overflowWrap: 'anywhere' }}>{examples.map(String).join(', ') || '–'}</span>
            ),
        },
        { header: 'First seen (UTC)', cell: ({ first_seen }) => <Time at={first_seen} /> },
        { header: 'Newest value (UTC)', cell: ({ last_seen }) => <Time at={last_seen} /> },
        {
          header: 'Edit',
          cell: (feature) => (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Edit ${feature.name}`}
              onClick={() => props.onEdit(feature)}
            >
              Edit
            </Button>
          ),
        },
      ]}
    />
  );
}
