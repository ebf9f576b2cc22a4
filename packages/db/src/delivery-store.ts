import { randomUUID } from 'node:crypto';
import type { NotificationType } from '@plumbline/contracts';
import { type ChannelRecord, toChannel } from './channel-store.ts';
import type { DeliveryAttempt, Delivery as DeliveryRow, PrismaClient } from './generated/client.ts';
import { isUuid } from './uuid.ts';

export interface AttemptRecord {
  at: Date;
  responseStatus: number | null;
  latencyMs: number | null;
  error: string | null;
}

export interface DeliveryRecord {
  id: string;
  channelId: string;
  incidentId: string | null;
  /** `msg_<uuid>`; the same in every attempt and redelivery. */
  webhookId: string;
  type: string;
  /** The exact text that is signed and sent. */
  body: string;
  status: 'pending' | 'delivered' | 'failed';
  /** Attempts since it became pending. */
  attemptCount: number;
  nextAttemptAt: Date | null;
  createdAt: Date;
  /** All attempts, oldest first. */
  attempts: AttemptRecord[];
}

export interface DeliveryStore {
  create(delivery: { channelId: string; type: NotificationType; body: string }): Promise<DeliveryRecord>;
  get(id: string): Promise<{ delivery: DeliveryRecord; channel: ChannelRecord } | null>;
  /** Newest first; a page begins after `cursor`. */
  list(
    channelId: string,
    options: { limit: number; cursor?: { createdAtMs: number; id: string } },
  ): Promise<DeliveryRecord[]>;
  /** Records one attempt and what follows from it. */
  attempted(
    id: string,
    attempt: AttemptRecord,
    next: { status: DeliveryRecord['status']; nextAttemptAt: Date | null },
  ): Promise<void>;
  /** Pending again with the same webhook id and body; null when it does not belong to the project. */
  redeliver(projectId: string, id: string): Promise<DeliveryRecord | null>;
  /** Ids of pending deliveries whose next attempt is not after `now`, longest waiting first. */
  due(now: Date, limit: number): Promise<string[]>;
}

export const newWebhookId = () => `msg_${randomUUID()}`;

const toDelivery = ({
  attempts,
  status,
  ...row
}: DeliveryRow & { attempts: DeliveryAttempt[] }): DeliveryRecord => ({
  ...row,
  status: status as DeliveryRecord['status'],
  attempts: attempts.map(({ at, responseStatus, latencyMs, error }) => ({
    at,
    responseStatus,
    latencyMs,
    error,
  })),
});

export function createDeliveryStore(prisma: PrismaClient): DeliveryStore {
  const attempts = { orderBy: { id: 'asc' } } as const;
  return {
    create: async (delivery) =>
      toDelivery(
        await prisma.delivery.create({
          data: { ...delivery, webhookId: newWebhookId(), nextAttemptAt: new Date() },
          include: { attempts },
        }),
      ),

    async get(id) {
      if (!isUuid(id)) return null;
      const row = await prisma.delivery.findUnique({ where: { id }, include: { attempts, channel: true } });
      if (!row) return null;
      const { channel, ...delivery } = row;
      return { delivery: toDelivery(delivery), channel: toChannel(channel) };
    },

    async list(channelId, { limit, cursor }) {
      if (!isUuid(channelId)) return [];
      const at = cursor && new Date(cursor.createdAtMs);
      const rows = await prisma.delivery.findMany({
        where: {
          channelId,
          ...(cursor && at
            ? { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { gt: cursor.id } }] }
            : {}),
        },
        include: { attempts },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
        take: limit,
      });
      return rows.map(toDelivery);
    },

    async attempted(id, attempt, next) {
      await prisma.delivery.update({
        where: { id },
        data: { ...next, attemptCount: { increment: 1 }, attempts: { create: attempt } },
        select: { id: true },
      });
    },

    async redeliver(projectId, id) {
      if (!isUuid(id)) return null;
      const { count } = await prisma.delivery.updateMany({
        where: { id, channel: { projectId } },
        data: { status: 'pending', attemptCount: 0, nextAttemptAt: new Date() },
      });
      if (count === 0) return null;
      const row = await prisma.delivery.findUnique({ where: { id }, include: { attempts } });
      return row && toDelivery(row);
    },

    async due(now, limit) {
      const rows = await prisma.delivery.findMany({
        where: { status: 'pending', nextAttemptAt: { lte: now } },
        orderBy: { nextAttemptAt: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
  };
}
