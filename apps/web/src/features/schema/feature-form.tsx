import { Alert, Button, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { type Feature, type FeatureKind, featureKinds, type SchemaFeature } from '@plumbline/contracts';
import { type FormEvent, useState } from 'react';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { draftOf, type FeatureDraft, readDraft } from './feature-draft.ts';

interface FeatureFormProps {
  feature: SchemaFeature;
  isSaving: boolean;
  problem: Error | null;
  onSave: (feature: Feature) => void;
}

export function FeatureForm({ feature, isSaving, problem, onSave }: FeatureFormProps) {
  const [draft, setDraft] = useState(() => draftOf(feature));
  const [error, setError] = useState<string>();
  const set = (change: Partial<FeatureDraft>) => setDraft((before) => ({ ...before, ...change }));
  const bound = (name: 'min' | 'max', label: string) => (
    <TextInput
      label={label}
      inputMode="decimal"
      value={draft[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(feature.name, draft);
    if ('error' in read) return setError(read.error);
    setError(undefined);
    onSave(read.feature);
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
        <NativeSelect
          label="Kind"
          data={[...featureKinds]}
          value={draft.kind}
          onChange={(event) => set({ kind: event.currentTarget.value as FeatureKind })}
        />
        {draft.kind !== feature.kind && (
          <Alert variant="default" role="status">
            Rows are checked by the new kind from now on. Stored rows stay; charts need a new reference to bin
            the column anew.
          </Alert>
        )}
        {draft.kind === 'numeric' && (
          <Group grow>
            {bound('min', 'Smallest value')}
            {bound('max', 'Largest value')}
          </Group>
        )}
        <Switch
          label="Sensitive"
          checked={draft.sensitive}
          onChange={(event) => set({ sensitive: event.currentTarget.checked })}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={isSaving}>
            Save feature
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
