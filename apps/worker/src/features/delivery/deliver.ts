import type { AttemptRecord, ChannelRecord, DeliveryRecord } from '@plumbline/db';
import { BlockedDestinationError } from '@plumbline/outbound';
import { unseal } from '@plumbline/runtime';
import { Webhook } from 'standardwebhooks';
import type { WorkerContext } from '../../worker-context.ts';
import { nextAttempt } from './next-attempt.ts';

type Context = Pick<WorkerContext, 'db' | 'outbound' | 'secret' | 'now' | 'random' | 'logger'>;

interface Result {
  attempt: AttemptRecord;
  retryAfter: string | null;
}

function describeFailure(error: unknown): string {
  if (error instanceof BlockedDestinationError) return 'blocked-destination';
  const { code, name } = error instanceof Error ? (error as Error & { code?: string }) : { name: 'Error' };
  return name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : (code ?? name);
}

function describeStatus(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirects are not followed' : `the receiver answered ${status}`;
}

async function send(context: Context, delivery: DeliveryRecord, channel: ChannelRecord): Promise<Result> {
  const at = context.now();
  const started = performance.now();
  const latencyMs = () => Math.round(performance.now() - started);
  try {
    const webhook = new Webhook(unseal(context.secret, channel.sealedSecret));
    const answer = await context.outbound.post(channel.url, {
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Plumbline',
        'webhook-id': delivery.webhookId,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': webhook.sign(delivery.webhookId, at, delivery.body),
      },
      body: delivery.body,
    });
    const retryAfter = answer.headers['retry-after'];
    return {
      attempt: {
        at,
        responseStatus: answer.status,
        latencyMs: latencyMs(),
        error: describeStatus(answer.status),
      },
      retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
    };
  } catch (error) {
    return {
      attempt: { at, responseStatus: null, latencyMs: latencyMs(), error: describeFailure(error) },
      retryAfter: null,
    };
  }
}

/**
 * Makes the next attempt of a delivery when it is due and stores what came of it. The webhook id and the body are the
 * same in every attempt; a crash after the receiver's answer repeats the attempt (at least once).
 */
export async function deliver(context: Context, deliveryId: string): Promise<void> {
  const { db, logger } = context;
  const found = await db.deliveries.get(deliveryId);
  if (found?.delivery.status !== 'pending') return;
  const { delivery, channel } = found;
  if (delivery.nextAttemptAt && delivery.nextAttemptAt > context.now()) return;
  if (!channel.enabled) {
    const attempt = {
      at: context.now(),
      responseStatus: null,
      latencyMs: null,
      error: 'the channel is disabled',
    };
    return db.deliveries.attempted(deliveryId, attempt, { status: 'failed', nextAttemptAt: null });
  }
  const { attempt, retryAfter } = await send(context, delivery, channel);
  const { disableChannel, ...next } = nextAttempt({
    attemptCount: delivery.attemptCount + 1,
    responseStatus: attempt.responseStatus,
    retryAfter,
    now: context.now(),
    random: context.random(),
  });
  if (disableChannel) await db.channels.update(channel.projectId, channel.id, { enabled: false });
  await db.deliveries.attempted(deliveryId, attempt, next);
  if (next.status !== 'delivered') {
    logger.warn(
      { deliveryId, channelId: channel.id, ...attempt, status: next.status },
      'delivery attempt failed',
    );
  }
}
