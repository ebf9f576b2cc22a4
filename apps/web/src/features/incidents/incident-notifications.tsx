import { Stack, Text } from '@mantine/core';
import type { Incident } from '@plumbline/contracts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { channelsQuery, deliveriesQuery } from '../../channel-queries.ts';
import { DeliveryStatus } from '../../ui/delivery-status.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import { monitorQuery } from './queries.ts';

/** Where this incident's monitor notifies, and how the newest message there fared. */
export function IncidentNotifications({ incident }: { incident: Incident }) {
  const monitor = useQuery(monitorQuery(incident.model, incident.monitor_id));
  const channels = useQuery(channelsQuery());
  const ids = monitor.data?.channels ?? [];
  const deliveries = useQueries({ queries: ids.map((id) => deliveriesQuery(id)) });
  return (
    <Panel title="Notifications" note="Newest message of each channel">
      {monitor.data && ids.length === 0 && <Text c="dimmed">This monitor notifies no channel.</Text>}
      <Stack gap="xs">
        {ids.map((id, index) => {
          const newest = deliveries[index]?.data?.data[0];
          return (
            <Text key={id} component="div">
              <AnchorLink to="/settings/channels" search={{ channel: id }}>
                {channels.data?.data.find((channel) => channel.id === id)?.name ?? id}
              </AnchorLink>{' '}
              {newest ? <DeliveryStatus status={newest.status} /> : 'nothing sent yet'}
              {newest ? ` ${newest.type}` : ''}
            </Text>
          );
        })}
      </Stack>
    </Panel>
  );
}
