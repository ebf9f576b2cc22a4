import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { type ApiKey, apiKeySchema, createdApiKey, type Scope, scopes } from '@plumbline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { callApi } from '../../api-client.ts';
import { apiQuery, listOf } from '../../api-query.ts';
import { formatTime } from '../../format-time.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';

const keysQuery = () => apiQuery(listOf(apiKeySchema), '/v1/api-keys', { limit: 200 });
const createKey = (body: { name: string; scopes: Scope[] }) =>
  callApi(createdApiKey, '/v1/api-keys', { method: 'POST', body });
const revokeKey = (id: string) =>
  callApi(z.unknown(), `/v1/api-keys/${encodeURIComponent(id)}`, { method: 'DELETE' });

const scopeTexts: Record<Scope, string> = {
  ingest: 'ingest: post events, actuals and references',
  read: 'read: ask questions',
  admin: 'admin: everything',
};

function NewKey() {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>(['ingest']);
  const creation = useMutation({
    mutationFn: createKey,
    onSuccess: () => {
      setName('');
      return queryClient.invalidateQueries({ queryKey: keysQuery().queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creation.mutate({ name: name.trim(), scopes: scopes.filter((scope) => chosen.includes(scope)) });
  };
  return (
    <Panel title="New key">
      <form onSubmit={submit}>
        <Stack align="flex-start">
          {creation.isError && <ProblemAlert error={creation.error} />}
          {creation.data && <ShownOnce what="key" secret={creation.data.key} />}
          <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Checkbox.Group label="Scopes" value={chosen} onChange={setChosen}>
            <Stack gap="xs" mt={4}>
              {scopes.map((scope) => (
                <Checkbox key={scope} value={scope} label={scopeTexts[scope]} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Button
            type="submit"
            loading={creation.isPending}
            disabled={name.trim() === '' || chosen.length === 0}
          >
            Create key
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}

function KeyTable({ keys }: { keys: ApiKey[] }) {
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<string>();
  const revocation = useMutation({
    mutationFn: revokeKey,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keysQuery().queryKey }),
  });
  const control = (key: ApiKey) => {
    if (key.revoked_at !== null) return `revoked ${formatTime(key.revoked_at)}`;
    if (asked !== key.id) {
      return (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Revoke ${key.name}`}
          onClick={() => setAsked(key.id)}
        >
          Revoke
        </Button>
      );
    }
    return (
      <Group gap="xs" wrap="nowrap">
        <Button size="compact-sm" color="red" onClick={() => revocation.mutate(key.id)}>
          Revoke for good
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setAsked(undefined)}>
          Keep
        </Button>
      </Group>
    );
  };
  return (
    <>
      {revocation.isError && <ProblemAlert error={revocation.error} />}
      <DataTable
        label="API keys"
        rows={keys}
        keyOf={(key) => key.id}
        columns={[
          { header: 'Name', cell: (key) => <b>{key.name}</b> },
          { header: 'Key', cell: (key) => <code>{key.prefix}…</code> },
          { header: 'Scopes', cell: (key) => key.scopes.join(', ') },
          {
            header: 'Created (UTC)',
            cell: (key) => <span className="numbers">{formatTime(key.created_at)}</span>,
          },
          {
            header: 'Last used (UTC)',
            cell: (key) => (
              <span className="numbers">
                {key.last_used_at === null ? 'never' : formatTime(key.last_used_at)}
              </span>
            ),
          },
          { header: 'Revoke', cell: control },
        ]}
      />
    </>
  );
}

export function KeysPage() {
  const keys = useQuery(keysQuery());
  return (
    <Page title="API keys" intro="Keys belong to this project; a key is shown once, when it is made.">
      <NewKey />
      <Panel title="Keys">
        <QueryView query={keys} height={160}>
          {(list) =>
            list.data.length === 0 ? (
              <Text c="dimmed">There are no keys yet.</Text>
            ) : (
              <KeyTable keys={list.data} />
            )
          }
        </QueryView>
      </Panel>
    </Page>
  );
}
