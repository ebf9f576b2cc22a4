import { Button, Stack, TextInput } from '@mantine/core';
import { createdChannel } from '@plumbline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { callApi } from '../../api-client.ts';
import { channelsQuery } from '../../channel-queries.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';

const createChannel = (body: { name: string; url: string }) =>
  callApi(createdChannel, '/v1/channels', { method: 'POST', body: { kind: 'webhook', ...body } });

export function NewChannel() {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const creation = useMutation({
    mutationFn: createChannel,
    onSuccess: () => {
      setName('');
      setUrl('');
      return queryClient.invalidateQueries({ queryKey: channelsQuery().queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creation.mutate({ name: name.trim(), url: url.trim() });
  };
  return (
    <Panel
      title="New webhook"
      note="Messages are signed as Standard Webhooks; the secret to check them with is shown once."
    >
      <form onSubmit={submit}>
        <Stack align="flex-start">
          {creation.isError && <ProblemAlert error={creation.error} />}
          {creation.data && <ShownOnce what="secret" secret={creation.data.secret} />}
          <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput
            label="URL"
            type="url"
            w={420}
            maw="100%"
            placeholder="https://…"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <Button
            type="submit"
            loading={creation.isPending}
            disabled={name.trim() === '' || url.trim() === ''}
          >
            Create webhook
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}
