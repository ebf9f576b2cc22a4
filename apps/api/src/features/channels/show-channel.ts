import type { Channel, Delivery } from '@plumbline/contracts';
import type { ChannelRecord, DeliveryRecord } from '@plumbline/db';
import { timeText } from '../../time-text.ts';

export function showChannel({ id, kind, name, url, enabled, createdAt }: ChannelRecord): Channel {
  return { id, kind, name, url, enabled, created_at: timeText(createdAt) };
}

export function showDelivery(delivery: DeliveryRecord): Delivery {
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    type: delivery.type,
    status: delivery.status,
    attempts: delivery.attempts.map(({ at, responseStatus, latencyMs, error }) => ({
      at: timeText(at),
      response_status: responseStatus,
      latency_ms: latencyMs,
      error,
    })),
    next_attempt_at: timeText(delivery.nextAttemptAt),
    created_at: timeText(delivery.createdAt),
  };
}
