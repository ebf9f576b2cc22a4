import { Autocomplete, Group, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import type { FilterOperator } from '@plumbline/contracts';
import { useState } from 'react';
import type { FilterField } from './filter-fields.ts';

interface FilterValueInputProps {
  field: FilterField;
  op: FilterOperator;
  texts: string[];
  suggestions: string[];
  error: string | undefined;
  onChange: (texts: string[]) => void;
}

/** Opens upwards, so that it never covers the button that applies the filter. */
const dropdown = { withinPortal: false, position: 'top' } as const;

/** The input that fits a field and operator: none, one value, two numbers or a list. */
export function FilterValueInput({ field, op, texts, suggestions, error, onChange }: FilterValueInputProps) {
  const [search, setSearch] = useState('');
  const [first = '', second = ''] = texts;
  const problem = error === undefined ? {} : { error };
  if (op === 'is_null' || op === 'not_null') return null;
  if (op === 'between') {
    return (
      <Group grow align="flex-start">
        <TextInput
          label="From"
          inputMode="decimal"
          value={first}
          onChange={(event) => onChange([event.currentTarget.value, second])}
          {...problem}
        />
        <TextInput
          label="To (included)"
          inputMode="decimal"
          value={second}
          onChange={(event) => onChange([first, event.currentTarget.value])}
        />
      </Group>
    );
  }
  if (op === 'in' || op === 'not_in') {
    return (
      <TagsInput
        label="Values"
        description="Enter after each value"
        value={texts}
        data={suggestions}
        onChange={onChange}
        acceptValueOnBlur
        searchValue={search}
        onSearchChange={setSearch}
        dropdownOpened={search !== ''}
        comboboxProps={dropdown}
        {...problem}
      />
    );
  }
  if (field.kind === 'boolean') {
    return (
      <NativeSelect
        label="Value"
        data={['', 'true', 'false']}
        value={first}
        onChange={(event) => onChange([event.currentTarget.value])}
        {...problem}
      />
    );
  }
  return (
    <Autocomplete
      label="Value"
      data={field.kind === 'text' ? suggestions : []}
      value={first}
      onChange={(value) => onChange([value])}
      {...(field.kind === 'number' ? { inputMode: 'decimal' as const } : {})}
      comboboxProps={dropdown}
      {...problem}
    />
  );
}
