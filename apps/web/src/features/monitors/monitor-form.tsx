import {
  Alert,
  Button,
  Group,
  MultiSelect,
  NativeSelect,
  Select,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core';
import { type Granularity, granularities, type MetricInfo, type MonitorBody } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { channelsQuery } from '../../channel-queries.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { draftFor, type MonitorDraft, readDraft } from './monitor-draft.ts';
import { ThresholdFields } from './threshold-fields.tsx';

interface MonitorFormProps {
  initial: MonitorDraft;
  metrics: MetricInfo[];
  columns: { value: string; label: string }[];
  isNew: boolean;
  isSaving: boolean;
  problem: Error | null;
  onSave: (body: Partial<MonitorBody>) => void;
}

/** What to watch, when it is too much, and whom to tell. */
export function MonitorForm({
  initial,
  metrics,
  columns,
  isNew,
  isSaving,
  problem,
  onSave,
}: MonitorFormProps) {
  const [draft, setDraft] = useState(initial);
  const [error, setError] = useState<string>();
  const { data: channels } = useQuery(channelsQuery());
  const info = metrics.find((metric) => metric.metric === draft.metric);
  const set = (part: Partial<MonitorDraft>) => setDraft({ ...draft, ...part });
  const input = (name: 'name' | 'breaches' | 'of', label: string) => (
    <TextInput
      label={label}
      value={draft[name]}
      {...(name === 'name' ? {} : { inputMode: 'decimal' as const })}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(draft);
    if ('error' in read) return setError(read.error);
    setError(undefined);
    onSave(read.body);
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
        {input('name', 'Name')}
        {isNew && (
          <>
            <Select
              label="Metric"
              searchable
              allowDeselect={false}
              data={metrics.map((metric) => ({ value: metric.metric, label: metric.title }))}
              value={draft.metric}
              onChange={(value) => {
                const chosen = metrics.find((metric) => metric.metric === value);
                if (chosen) set({ ...draftFor(chosen), name: draft.name, channels: draft.channels });
              }}
            />
            {info && info.column_kinds !== null && (
              <Select
                label="Column"
                searchable
                data={columns}
                value={draft.column}
                onChange={(column) => set({ column })}
              />
            )}
            <NativeSelect
              label="Window"
              data={info?.granularities ?? [...granularities]}
              value={draft.granularity}
              onChange={(event) => set({ granularity: event.currentTarget.value as Granularity })}
            />
          </>
        )}
        <ThresholdFields draft={draft} info={info} onChange={setDraft} />
        <Group grow>
          {input('breaches', 'Breaches needed')}
          {input('of', 'out of this many windows')}
        </Group>
        <MultiSelect
          label="Channels to notify"
          data={channels?.data.map((channel) => ({ value: channel.id, label: channel.name })) ?? []}
          value={draft.channels}
          onChange={(value) => set({ channels: value })}
        />
        <Switch
          label="Enabled"
          checked={draft.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={isSaving}>
            {isNew ? 'Create monitor' : 'Save monitor'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
