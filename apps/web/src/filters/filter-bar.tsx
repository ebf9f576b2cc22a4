import { Button, CloseButton, Group, SegmentedControl, Text } from '@mantine/core';
import type { Filter } from '@plumbline/contracts';
import type { ReactNode } from 'react';
import { clausesOf, filterOf, type Joiner } from './filter-clauses.ts';
import { filterText } from './filter-text.ts';

interface FilterBarProps {
  filter: Filter | undefined;
  onChange: (filter: Filter | undefined) => void;
  /** The control that makes a new clause. */
  addClause: ReactNode;
}

/** The cohort as removable pills. The filter in the URL is the one source; nothing is kept here. */
export function FilterBar({ filter, onChange, addClause }: FilterBarProps) {
  const { joiner, clauses } = clausesOf(filter);
  const without = (index: number) => filterOf({ joiner, clauses: clauses.filter((_, i) => i !== index) });
  return (
    <Group gap="xs" role="group" aria-label="Cohort filter">
      <Text size="sm" fw={500}>
        Cohort
      </Text>
      {clauses.length === 0 && (
        <Text size="sm" c="dimmed">
          all events
        </Text>
      )}
      {clauses.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="How filters combine"
          value={joiner}
          data={[
            { value: 'and', label: 'All of' },
            { value: 'or', label: 'Any of' },
          ]}
          onChange={(value) => onChange(filterOf({ joiner: value as Joiner, clauses }))}
        />
      )}
      {clauses.map((clause, index) => {
        const text = filterText(clause);
        return (
          <Group
            key={text}
            gap={2}
            pl="xs"
            wrap="nowrap"
            style={{
              border: '1px solid var(--panel-border)',
              borderRadius: 999,
              background: 'var(--panel-background)',
            }}
          >
            <Text size="sm">{text}</Text>
            <CloseButton
              size="sm"
              radius="xl"
              aria-label={`Remove filter ${text}`}
              onClick={() => onChange(without(index))}
            />
          </Group>
        );
      })}
      {addClause}
      {clauses.length > 1 && (
        <Button variant="subtle" size="xs" onClick={() => onChange(undefined)}>
          Clear all
        </Button>
      )}
    </Group>
  );
}
