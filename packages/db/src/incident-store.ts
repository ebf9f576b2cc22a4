import type { IncidentStatus, NotificationType } from '@plumbline/contracts';
import { newWebhookId } from './delivery-store.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { type IncidentRecord, incidentInclude, toIncident } from './incident.ts';
import { prismaCode } from './prisma.ts';
import { isUuid } from './uuid.ts';

export interface TimelineRecord {
  at: Date;
  kind: string;
  by: string | null;
  text: string | null;
}

type NewEntry = Omit<TimelineRecord, 'at'>;

type IncidentFields = Omit<IncidentRecord, 'id' | 'model' | 'monitor' | 'metric' | 'columnKey'>;

interface Announcement {
  /** Null = not worth an entry in the timeline. */
  entry: NewEntry | null;
  /** Null = no notification. The body is made from the stored incident; disabled channels are left out. */
  notify: {
    type: NotificationType;
    channelIds: string[];
    body: (incident: IncidentRecord) => string;
  } | null;
}

/** One step the planner decided; stored with its timeline entry and its deliveries in one transaction. */
export interface IncidentChange extends Announcement {
  /** Null opens an incident. */
  incidentId: string | null;
  set: IncidentFields;
}

/** A change that names the fields it means, so that it does not undo what someone else changed meanwhile. */
export interface IncidentRevision extends Announcement {
  incidentId: string;
  set: Partial<IncidentFields>;
}

export interface IncidentListOptions {
  statuses?: IncidentStatus[];
  modelId?: string;
  limit: number;
  cursor?: { openedAtMs: number; id: string };
}

export interface IncidentStore {
  /**
   * Applies one change. Null, with nothing stored, when the monitor got an unresolved incident in the meantime or when
   * the incident or its monitor is gone. Ids of new deliveries come back.
   */
  apply(
    change: IncidentChange | IncidentRevision,
  ): Promise<{ incident: IncidentRecord; deliveryIds: string[] } | null>;
  /** Unresolved incidents and those whose newest window ends at or after `touchingFromMs`; by time of breach. */
  ofMonitor(monitorId: string, options: { touchingFromMs: number }): Promise<IncidentRecord[]>;
  /** Newest first; a page begins after `cursor`. */
  list(projectId: string, options: IncidentListOptions): Promise<IncidentRecord[]>;
  find(projectId: string, id: string): Promise<IncidentRecord | null>;
  /** Oldest first. */
  timeline(incidentId: string): Promise<TimelineRecord[]>;
  /** Adds a timeline entry and nothing else. */
  comment(incidentId: string, entry: NewEntry): Promise<void>;
}

/** Unique constraint, foreign key, record not found. */
const overtaken = new Set(['P2002', 'P2003', 'P2025']);

/** Evidence is plain JSON. */
const asJson = (evidence: Record<string, unknown>) => evidence as Prisma.InputJsonObject;

const isRevision = (change: IncidentChange | IncidentRevision): change is IncidentRevision =>
  change.incidentId !== null;

function write(tx: Prisma.TransactionClient, change: IncidentChange | IncidentRevision) {
  const include = incidentInclude;
  const entries = change.entry ? { entries: { create: change.entry } } : {};
  if (!isRevision(change)) {
    const { evidence, ...fields } = change.set;
    return tx.incident.create({ data: { ...fields, ...entries, evidence: asJson(evidence) }, include });
  }
  const { evidence, ...fields } = change.set;
  const data = { ...fields, ...entries, ...(evidence ? { evidence: asJson(evidence) } : {}) };
  return tx.incident.update({ where: { id: change.incidentId }, data, include });
}

async function applyChange(
  tx: Prisma.TransactionClient,
  change: IncidentChange | IncidentRevision,
): Promise<{ incident: IncidentRecord; deliveryIds: string[] }> {
  const { notify } = change;
  const row = await write(tx, change);
  const incident = toIncident(row);
  if (!notify) return { incident, deliveryIds: [] };
  const channels = await tx.channel.findMany({
    where: { id: { in: notify.channelIds.filter(isUuid) }, projectId: row.projectId, enabled: true },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  if (channels.length === 0) return { incident, deliveryIds: [] };
  const body = notify.body(incident);
  const deliveries = await tx.delivery.createManyAndReturn({
    data: channels.map((channel) => ({
      channelId: channel.id,
      incidentId: incident.id,
      webhookId: newWebhookId(),
      type: notify.type,
      body,
      nextAttemptAt: new Date(),
    })),
    select: { id: true },
  });
  return { incident, deliveryIds: deliveries.map((delivery) => delivery.id) };
}

export function createIncidentStore(prisma: PrismaClient): IncidentStore {
  return {
    async apply(change) {
      try {
        return await prisma.$transaction((tx) => applyChange(tx, change));
      } catch (error) {
        if (overtaken.has(prismaCode(error) ?? '')) return null;
        throw error;
      }
    },

    async ofMonitor(monitorId, { touchingFromMs }) {
      const rows = await prisma.incident.findMany({
        where: {
          monitorId,
          OR: [{ status: { not: 'resolved' } }, { windowTo: { gte: new Date(touchingFromMs) } }],
        },
        include: incidentInclude,
        orderBy: [{ breachFrom: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toIncident);
    },

    async list(projectId, { statuses, modelId, limit, cursor }) {
      const at = cursor && new Date(cursor.openedAtMs);
      const rows = await prisma.incident.findMany({
        where: {
          projectId,
          ...(statuses ? { status: { in: statuses } } : {}),
          ...(modelId ? { modelId } : {}),
          ...(cursor && at
            ? { OR: [{ openedAt: { lt: at } }, { openedAt: at, id: { gt: cursor.id } }] }
            : {}),
        },
        include: incidentInclude,
        orderBy: [{ openedAt: 'desc' }, { id: 'asc' }],
        take: limit,
      });
      return rows.map(toIncident);
    },

    async find(projectId, id) {
      if (!isUuid(id)) return null;
      const row = await prisma.incident.findFirst({ where: { projectId, id }, include: incidentInclude });
      return row && toIncident(row);
    },

    timeline: (incidentId) =>
      prisma.incidentEntry.findMany({
        where: { incidentId },
        select: { at: true, kind: true, by: true, text: true },
        orderBy: { id: 'asc' },
      }),

    async comment(incidentId, entry) {
      await prisma.incidentEntry.create({ data: { incidentId, ...entry } });
    },
  };
}
