import { Button, Group, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type Channel, channelSchema } from '@plumbline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { z } from 'zod';
import { callApi } from '../../api-client.ts';
import { channelsQuery, deliveriesQuery } from '../../channel-queries.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { Deliveries } from './deliveries.tsx';
import { NewChannel } from './new-channel.tsx';

const route = getRouteApi('/shell/settings/channels');

const channelPath = (id: string) => `/v1/channels/${encodeURIComponent(id)}`;

function ChannelTable({ channels }: { channels: Channel[] }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: ({ id, enabled }: { id: string; enabled: boolean }) =>
      callApi(channelSchema, channelPath(id), { method: 'PATCH', body: { enabled } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: channelsQuery().queryKey }),
  });
  const test = useMutation({
    mutationFn: (id: string) => callApi(z.unknown(), `${channelPath(id)}/test`, { method: 'POST', body: {} }),
    onSuccess: (_, id) => {
      notifications.show({ message: 'Test message queued' });
      return queryClient.invalidateQueries({ queryKey: deliveriesQuery(id).queryKey });
    },
  });
  const problem = change.error ?? test.error;
  return (
    <>
      {problem && <ProblemAlert error={problem} />}
      <DataTable
        label="Channels"
        rows={channels}
        keyOf={(channel) => channel.id}
        columns={[
          {
            header: 'Channel',
            cell: (channel) => (
              <AnchorLink
                to="/settings/channels"
                search={{ channel: channel.id }}
                fw={600}
                resetScroll={false}
              >
                {channel.name}
              </AnchorLink>
            ),
          },
          {
            header: 'URL',
            cell: (channel) => <span style={{ overflowWrap: 'anywhere' }}>{channel.url}</span>,
          },
          {
            header: 'Enabled',
            cell: (channel) => (
              <Switch
                aria-label={`${channel.name} enabled`}
                checked={channel.enabled}
                disabled={change.isPending}
                onChange={(event) => change.mutate({ id: channel.id, enabled: event.currentTarget.checked })}
              />
            ),
          },
          {
            header: 'Actions',
            cell: (channel) => (
              <Group gap="xs" wrap="nowrap">
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={test.isPending}
                  onClick={() => test.mutate(channel.id)}
                >
                  Send test
                </Button>
              </Group>
            ),
          },
        ]}
      />
    </>
  );
}

export function ChannelsPage() {
  const { channel: chosen } = route.useSearch();
  const channels = useQuery(channelsQuery());
  const list = channels.data?.data ?? [];
  const shown = list.find((channel) => channel.id === chosen) ?? list[0];
  return (
    <Page title="Channels" intro="Where incidents are announced.">
      <NewChannel />
      <Panel title="Channels" note="Choose one to see its deliveries">
        <QueryView query={channels} height={120}>
          {({ data }) =>
            data.length === 0 ? (
              <Text c="dimmed">There are no channels yet.</Text>
            ) : (
              <ChannelTable channels={data} />
            )
          }
        </QueryView>
      </Panel>
      {shown && <Deliveries key={shown.id} channel={shown.id} name={shown.name} />}
    </Page>
  );
}
