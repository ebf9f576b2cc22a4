import { channelSchema, deliverySchema } from '@plumbline/contracts';
import { apiQuery, listOf } from './api-query.ts';

export const channelsQuery = () => apiQuery(listOf(channelSchema), '/v1/channels', { limit: 200 });
export const deliveriesQuery = (channel: string) =>
  apiQuery(listOf(deliverySchema), `/v1/channels/${encodeURIComponent(channel)}/deliveries`, { limit: 50 });
