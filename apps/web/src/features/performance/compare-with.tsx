import { Group, Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type ComparedDays, comparedDays, comparedDaysText, compareToOf } from './compared-days.ts';

const route = getRouteApi('/shell/models/$model/performance');

/** What the metrics are compared with, as the question takes it; nothing = the reference. */
export function useCompareTo(): { compare_to?: string } {
  const { compare } = route.useSearch();
  const compareTo = compareToOf(compare);
  return compareTo === undefined ? {} : { compare_to: compareTo };
}

const choices = [
  { value: 'reference', label: 'The reference' },
  { value: 'previous_period', label: 'The period before' },
  { value: 'days', label: 'Other days' },
];

/** Chooses the other side of the comparison: the reference, the period before, or other days. */
export function CompareWith() {
  const { compare } = route.useSearch();
  const navigate = useNavigate();
  const days = comparedDays(compare);
  const [isChoosing, setIsChoosing] = useState(false);
  const [draft, setDraft] = useState<[string | null, string | null]>([null, null]);
  const choose = (value: string | undefined) =>
    void navigate({
      to: '.',
      search: (previous) => ({ ...previous, compare: value }),
      resetScroll: false,
    });
  const chosen = isChoosing || days ? 'days' : compare === 'previous_period' ? compare : 'reference';
  const pick = (from: string | null, to: string | null) => {
    setDraft([from, to]);
    if (from === null || to === null) return;
    const picked: ComparedDays = { from, to };
    choose(comparedDaysText(picked));
  };
  return (
    <Group align="end" gap="sm">
      <Select
        size="xs"
        w={170}
        label="Compare with"
        data={choices}
        allowDeselect={false}
        value={chosen}
        onChange={(value) => {
          setIsChoosing(value === 'days');
          setDraft([null, null]);
          if (value === 'previous_period') choose(value);
          if (value === 'reference') choose(undefined);
        }}
      />
      {chosen === 'days' && (
        <DatePickerInput
          type="range"
          size="xs"
          w={230}
          label="Days compared with (UTC)"
          placeholder="first and last day"
          valueFormat="YYYY-MM-DD"
          allowSingleDateInRange
          value={draft[0] === null && days ? [days.from, days.to] : draft}
          onChange={([from, to]) => pick(from, to)}
        />
      )}
    </Group>
  );
}
