import { Alert, Button, Group, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { type MappingRule, mappingRule } from '@plumbline/contracts';
import { type FormEvent, useState } from 'react';
import { draftedRule, emptyDraft, type RuleDraft } from './rule-text.ts';

const kinds = [
  { value: 'convert', label: 'Convert the type' },
  { value: 'rename', label: 'Rename' },
  { value: 'set_missing', label: 'Treat values as missing' },
];
const types = ['string', 'number', 'boolean'];

interface RuleFormProps {
  field: string;
  isSaving: boolean;
  onAdd: (rule: MappingRule) => void;
}

export function RuleForm({ field, isSaving, onAdd }: RuleFormProps) {
  const [draft, setDraft] = useState<RuleDraft>(emptyDraft(field));
  const [error, setError] = useState<string>();
  const set = (change: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = mappingRule.safeParse(draftedRule(draft));
    if (read.success) {
      setError(undefined);
      onAdd(read.data);
    } else
      setError('Name fields as features.distance, tags.channel or prediction_score, and fill in the rest.');
  };
  const type = (name: 'from' | 'to', label: string) => (
    <NativeSelect
      label={label}
      data={types}
      value={draft[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <form onSubmit={submit} aria-label="New mapping rule">
      {error && (
        <Alert color="red" role="alert" mb="sm">
          {error}
        </Alert>
      )}
      <Group align="flex-end">
        <NativeSelect
          label="Rule"
          data={kinds}
          value={draft.kind}
          onChange={(event) => set({ kind: event.currentTarget.value as RuleDraft['kind'] })}
        />
        <TextInput
          label="Field"
          placeholder="features.distance"
          value={draft.field}
          onChange={(event) => set({ field: event.currentTarget.value })}
        />
        {draft.kind === 'convert' && type('from', 'From')}
        {draft.kind === 'convert' && type('to', 'To')}
        {draft.kind === 'rename' && (
          <TextInput
            label="New name"
            placeholder="features.distance"
            value={draft.target}
            onChange={(event) => set({ target: event.currentTarget.value })}
          />
        )}
        {draft.kind === 'set_missing' && (
          <TagsInput
            label="Values"
            placeholder="n/a"
            value={draft.values}
            onChange={(values) => set({ values })}
          />
        )}
        <Button type="submit" variant="default" loading={isSaving}>
          Add rule
        </Button>
      </Group>
    </form>
  );
}
