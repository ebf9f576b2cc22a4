import type { Channel, Monitor, MonitorBody } from '@plumbline/contracts';
import type { ApiClient } from './api-client.ts';

const channelName = 'Demo receiver';
/** Common reading of PSI: above 0.1 a moderate, above 0.25 a major change. */
const psi = { warning: 0.1, critical: 0.25 };

interface Page<T> {
  data: T[];
}

/** Makes the demo's channel anew, since its secret is shown only once. */
export async function createChannel(client: ApiClient, url: string): Promise<{ id: string; secret: string }> {
  const { data: channels } = await client<Page<Channel>>('GET', '/channels');
  for (const channel of channels.filter(({ name }) => name === channelName)) {
    await client('DELETE', `/channels/${channel.id}`);
  }
  return client('POST', '/channels', { kind: 'webhook', name: channelName, url });
}

/** The demo's own monitor: a feature whose mix moves. Predictions, features and accuracy have default ones. */
export function ownMonitors(
  channelId: string,
): Pick<
  MonitorBody,
  'name' | 'metric' | 'column' | 'granularity' | 'threshold' | 'persistence' | 'channels'
>[] {
  return [
    {
      name: 'Mix of origin airports',
      metric: 'psi',
      column: 'origin',
      granularity: 'week',
      threshold: { kind: 'constant', ...psi, direction: 'above' },
      persistence: { breaches: 1, of: 1 },
      channels: [channelId],
    },
  ];
}

/** Connects every monitor of the model to the channel and adds the demo's own; returns how many watch now. */
export async function connectMonitors(
  client: ApiClient,
  modelSlug: string,
  channelId: string,
): Promise<{ defaults: number; own: MonitorBody['name'][] }> {
  const path = `/models/${modelSlug}/monitors`;
  const { data: monitors } = await client<Page<Monitor>>('GET', `${path}?limit=1000`);
  const own = ownMonitors(channelId);
  const ownNames = own.map(({ name }) => name);
  const others = monitors.filter(({ name }) => !ownNames.includes(name));
  for (const monitor of others) {
    await client('PATCH', `${path}/${monitor.id}`, { channels: [channelId] });
  }
  for (const body of own) {
    const existing = monitors.find(({ name }) => name === body.name);
    if (existing) await client('PATCH', `${path}/${existing.id}`, body);
    else await client('POST', path, body);
  }
  return { defaults: others.length, own: ownNames };
}
