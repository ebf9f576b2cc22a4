import type { Channel, Monitor, MonitorBody } from '@plumbline/contracts';
import type { ApiClient } from './api-client.ts';

const channelName = 'Demo receiver';
/** In standard deviations of the reference: a fifth is clear to the eye, two fifths are another world. */
const lateShare = { warning: 0.2, critical: 0.4 };
/** How far the weekly accuracy may fall below that of January. */
const accuracyDrop = { warning: 0.02, critical: 0.05 };

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

/** The demo's own monitors, by week: how late origins run, and how often the model is right. */
export function ownMonitors(
  channelId: string,
  referenceAccuracy: number,
): Pick<
  MonitorBody,
  'name' | 'metric' | 'column' | 'granularity' | 'threshold' | 'persistence' | 'channels'
>[] {
  const below = (drop: number) => Math.round((referenceAccuracy - drop) * 1000) / 1000;
  const weekly = {
    granularity: 'week',
    persistence: { breaches: 1, of: 1 },
  } as const;
  return [
    {
      ...weekly,
      channels: [channelId],
      name: 'Late departures at the origin',
      metric: 'wasserstein_normed',
      column: 'origin_late_share_1h',
      threshold: { kind: 'constant', ...lateShare, direction: 'above' },
    },
    {
      ...weekly,
      channels: [channelId],
      name: 'Accuracy against January',
      metric: 'accuracy',
      column: null,
      threshold: {
        kind: 'constant',
        warning: below(accuracyDrop.warning),
        critical: below(accuracyDrop.critical),
        direction: 'below',
      },
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
  const own = ownMonitors(channelId, referenceAccuracy);
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
