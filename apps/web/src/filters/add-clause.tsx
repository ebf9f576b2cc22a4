import { Button, NativeSelect, Popover, Select, Stack } from '@mantine/core';
import type { FilterLeaf, FilterOperator } from '@plumbline/contracts';
import { IconFilterPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { type FilterField, operatorsOf, readFilterValue } from './filter-fields.ts';
import { operatorWords } from './filter-text.ts';
import { FilterValueInput } from './filter-value-input.tsx';

interface AddClauseProps {
  fields: FilterField[];
  /** Known values of the chosen field, loaded by the caller. */
  suggestions: string[];
  onFieldChange: (field: string | null) => void;
  onAdd: (clause: FilterLeaf) => void;
}

/** One comparison: field, operator, value. */
export function AddClause({ fields, suggestions, onFieldChange, onAdd }: AddClauseProps) {
  const [opened, setOpened] = useState(false);
  const [fieldName, setFieldName] = useState<string | null>(null);
  const [chosenOp, setOp] = useState<FilterOperator | null>(null);
  const [texts, setTexts] = useState<string[]>([]);
  const [error, setError] = useState<string>();
  const field = fields.find((f) => f.field === fieldName);
  const operators = field ? operatorsOf[field.kind] : [];
  const op = chosenOp !== null && operators.includes(chosenOp) ? chosenOp : operators[0];

  const chooseField = (name: string | null) => {
    setFieldName(name);
    setTexts([]);
    setError(undefined);
    onFieldChange(name);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!field || !op) return;
    const read = readFilterValue(field.kind, op, texts);
    if ('error' in read) return setError(read.error);
    onAdd({ field: field.field, op, ...(read.value === undefined ? {} : { value: read.value }) });
    setOpened(false);
    chooseField(null);
  };

  return (
    <Popover opened={opened} onChange={setOpened} width={320} trapFocus shadow="md" position="bottom-start">
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconFilterPlus size={14} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          Add filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Select
              label="Field"
              placeholder="Feature, tag or prediction"
              data={fields.map((f) => ({ value: f.field, label: f.label }))}
              value={fieldName}
              onChange={chooseField}
              searchable
              limit={50}
              comboboxProps={{ withinPortal: false }}
              data-autofocus
            />
            {field && op && (
              <>
                <NativeSelect
                  label="Operator"
                  data={operators.map((o) => ({ value: o, label: operatorWords[o] }))}
                  value={op}
                  onChange={(event) => {
                    setOp(event.currentTarget.value as FilterOperator);
                    setTexts([]);
                  }}
                />
                <FilterValueInput
                  field={field}
                  op={op}
                  texts={texts}
                  suggestions={suggestions}
                  error={error}
                  onChange={setTexts}
                />
                <Button type="submit" size="xs">
                  Apply filter
                </Button>
              </>
            )}
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
