import { Alert, Button, Group, NativeSelect, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import type { Expectation } from '@plumbline/contracts';
import { type FormEvent, useState } from 'react';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { type DraftField, draftOf, type ExpectationDraft, readDraft } from './expectation-draft.ts';
import { expectationSentence } from './expectation-text.ts';

interface ExpectationFormProps {
  expectation: Expectation;
  isSaving: boolean;
  problem: Error | null;
  onSave: (expectation: Expectation, summary: string) => void;
  onRemove: (summary: string) => void;
}

export function ExpectationForm({ expectation, isSaving, problem, onSave, onRemove }: ExpectationFormProps) {
  const [draft, setDraft] = useState(() => draftOf(expectation));
  const [summary, setSummary] = useState('');
  const [error, setError] = useState<string>();
  const set = (change: Partial<ExpectationDraft>) => setDraft((before) => ({ ...before, ...change }));
  const type = (name: string, text: string) =>
    set({ fields: draft.fields.map((field) => (field.name === name ? { ...field, text } : field)) });
  const input = ({ name, label, kind, text }: DraftField) => {
    const shared = {
      label,
      value: text,
      onChange: (event: { currentTarget: { value: string } }) => type(name, event.currentTarget.value),
    };
    return kind === 'lines' ? (
      <Textarea key={name} autosize minRows={2} maxRows={8} {...shared} />
    ) : (
      <TextInput key={name} inputMode="decimal" {...shared} />
    );
  };
  const read = readDraft(expectation, draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if ('error' in read) return setError(read.error);
    setError(undefined);
    onSave(read.expectation, summary);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {problem && <ProblemAlert error={problem} />}
        {error && (
          <Alert color="red" role="alert">
            {error}
          </Alert>
        )}
        {draft.fields.map(input)}
        <NativeSelect
          label="Severity"
          data={['warning', 'critical']}
          value={draft.severity}
          onChange={(event) => set({ severity: event.currentTarget.value as Expectation['severity'] })}
        />
        <Switch
          label="Judged"
          checked={draft.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
        <TextInput
          label="Why (kept with the version)"
          maxLength={500}
          value={summary}
          onChange={(event) => setSummary(event.currentTarget.value)}
        />
        <div>
          <Text size="sm" c="dimmed">
            <del>{expectationSentence(expectation)}</del>
          </Text>
          <Text size="sm">{'error' in read ? '–' : expectationSentence(read.expectation)}</Text>
        </div>
        <Group justify="space-between">
          <Button variant="default" disabled={isSaving} onClick={() => onRemove(summary)}>
            Remove
          </Button>
          <Button type="submit" loading={isSaving}>
            Save as new version
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
