import { NativeSelect } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { type RangePreset, rangePresets, type ViewSearch } from '../../view-search.ts';

const labels: Record<RangePreset, string> = {
  all: 'All data',
  '1d': 'Last day of data',
  '7d': 'Last 7 days of data',
  '28d': 'Last 28 days of data',
  '90d': 'Last 90 days of data',
};

interface RangeControlProps {
  search: ViewSearch;
  onChange: (part: Partial<ViewSearch>) => void;
}

/** Presets that count back from the newest event, or two typed days, both included. */
export function RangeControl({ search, onChange }: RangeControlProps) {
  const isCustom = search.from !== undefined || search.to !== undefined;
  const presets = rangePresets.map((value) => ({ value: value as string, label: labels[value] }));
  const day = (name: 'from' | 'to', label: string) => (
    <DateInput
      size="xs"
      w={130}
      label={label}
      placeholder="YYYY-MM-DD"
      valueFormat="YYYY-MM-DD"
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
      value={search[name] ?? null}
      onChange={(value) => {
        if ((value ?? undefined) !== search[name]) onChange({ [name]: value ?? undefined, range: 'all' });
      }}
    />
  );
  return (
    <>
      <NativeSelect
        size="xs"
        label="Time range (UTC)"
        value={isCustom ? 'custom' : search.range}
        data={isCustom ? [...presets, { value: 'custom', label: 'Chosen days' }] : presets}
        onChange={(event) => {
          if (event.currentTarget.value === 'custom') return;
          onChange({ range: event.currentTarget.value as RangePreset, from: undefined, to: undefined });
        }}
      />
      {day('from', 'From (UTC)')}
      {day('to', 'To, included')}
    </>
  );
}
