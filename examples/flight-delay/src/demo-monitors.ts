import type { Channel, Monitor, MonitorBody } from '@plumbline/contracts';
import type { ApiClient } from './api-client.ts';

const channelName = 'Demo receiver';
/** How far the accuracy may fall below that of the reference before it warns, and before it is critical. */
const accuracyDrop = { warning: 0.03, critical: 0.06 };
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

/** The demo's own monitors: a feature whose mix moves, and the accuracy once labels are in. */
export function ownMonitors(
  referenceAccuracy: number,
  channelId: string,
): Pick<
  MonitorBody,
  'name' | 'metric' | 'column' | 'granularity' | 'threshold' | 'persistence' | 'channels'
>[] {
  const round = (value: number) => Math.round(value * 1000) / 1000;
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
    {
      name: 'Accuracy against January',
      metric: 'accuracy',
      column: null,
      granularity: 'day',
      threshold: {
        kind: 'constant',
        warning: round(referenceAccuracy - accuracyDrop.warning),
        critical: round(referenceAccuracy - accuracyDrop.critical),
        direction: 'below',
      },
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
  referenceAccuracy: number,
): Promise<{ defaults: number; own: MonitorBody['name'][] }> {
  const path = `/models/${modelSlug}/monitors`;
  const { data: monitors } = await client<Page<Monitor>>('GET', `${path}?limit=1000`);
  const own = ownMonitors(referenceAccuracy, channelId);
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
