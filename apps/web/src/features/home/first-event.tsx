import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { createdApiKey, type Model } from '@plumbline/contracts';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../api-client.ts';
import { formatCounted } from '../../format-number.ts';
import { ingestStatusQuery } from '../../model-queries.ts';
import { CopyCode } from '../../ui/copy-code.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { firstEventCommands } from './first-event-commands.ts';

const createKey = () =>
  callApi(createdApiKey, '/v1/api-keys', {
    method: 'POST',
    body: { name: 'First events', scopes: ['admin'] },
  });

function Connection({ model }: { model: Model | undefined }) {
  const { data: status } = useQuery({
    ...ingestStatusQuery(model?.model ?? ''),
    enabled: model !== undefined,
    refetchInterval: 2000,
  });
  const events = status?.events ?? 0;
  if (!model || events === 0) {
    return (
      <Group role="status" gap="sm">
        <Loader size="sm" type="dots" />
        <Text>
          {model ? `Waiting for the first event of ${model.display_name}…` : 'Waiting for the first event…'}
        </Text>
      </Group>
    );
  }
  return (
    <Group role="status">
      <IconCircleCheckFilled color="var(--state-good)" aria-hidden />
      <Text fw={600}>Connected · {formatCounted(events, 'event')}</Text>
      <ButtonLink to="/models/$model" params={{ model: model.model }}>
        Open {model.display_name}
      </ButtonLink>
    </Group>
  );
}

/** From nothing to the first event: a key, a command with the real host, and a strip that tells when it arrived. */
export function FirstEvent({ model }: { model: Model | undefined }) {
  const [start] = useState(() => ({ now: new Date(), model: model?.model ?? null }));
  const key = useMutation({ mutationFn: createKey });
  const commands = firstEventCommands({
    origin: window.location.origin,
    key: key.data?.key ?? '<your API key>',
    ...start,
  });
  return (
    <Panel
      title="Send your first event"
      note="Run this in a terminal; the schema is inferred from what arrives."
    >
      <Stack>
        {key.isError && <ProblemAlert error={key.error} />}
        {key.data ? (
          <Text size="sm">This key is shown only now. It is also part of the command below.</Text>
        ) : (
          <Group>
            <Button onClick={() => key.mutate()} loading={key.isPending}>
              Create a key for this
            </Button>
            <Text size="sm" c="dimmed">
              or put one of your own keys into the command
            </Text>
          </Group>
        )}
        <CopyCode text={commands} label="Copy command" />
        <Connection model={model} />
      </Stack>
    </Panel>
  );
}
