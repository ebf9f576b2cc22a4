import { Badge, Divider, Text } from '@mantine/core';
import { IconAlertTriangle, IconHome, IconKey, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { incidentsQuery, modelsQuery } from '../../model-queries.ts';
import { NavigationLink } from '../../ui/links.tsx';

/** The main menu: places, then models by name. */
export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const { data: open } = useQuery({ ...incidentsQuery('open'), refetchInterval: 15_000 });
  const { data: models } = useQuery(modelsQuery());
  const count = open?.data.length ?? 0;
  return (
    <>
      <NavigationLink
        to="/"
        activeOptions={{ exact: true }}
        label="Home"
        leftSection={<IconHome size={18} aria-hidden />}
        onClick={onNavigate}
      />
      <NavigationLink
        to="/incidents"
        label="Incidents"
        leftSection={<IconAlertTriangle size={18} aria-hidden />}
        onClick={onNavigate}
        rightSection={
          count > 0 ? (
            <Badge color="red" variant="filled" aria-label={`${count} open`}>
              {count}
            </Badge>
          ) : null
        }
      />
      <Divider my="sm" />
      <Text size="sm" fw={600} c="dimmed" px="sm" pb={4}>
        Models
      </Text>
      {models?.data.map((model) => (
        <NavigationLink
          key={model.model}
          to="/models/$model"
          params={{ model: model.model }}
          label={model.display_name}
          onClick={onNavigate}
        />
      ))}
      <Divider my="sm" />
      <Text size="sm" fw={600} c="dimmed" px="sm" pb={4}>
        Settings
      </Text>
      <NavigationLink
        to="/settings/keys"
        label="API keys"
        leftSection={<IconKey size={18} aria-hidden />}
        onClick={onNavigate}
      />
      <NavigationLink
        to="/settings/channels"
        label="Channels"
        leftSection={<IconWebhook size={18} aria-hidden />}
        onClick={onNavigate}
      />
    </>
  );
}
