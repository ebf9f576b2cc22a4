import { isDeepStrictEqual } from 'node:util';
import type { Granularity, MonitorState, ThresholdRule } from '@plumbline/contracts';
import type { Monitor as MonitorRow, PrismaClient } from './generated/client.ts';
import { isUuid } from './uuid.ts';

export interface MonitorRecord {
  id: string;
  modelId: string;
  name: string;
  metric: string;
  /** '' for metrics of the model as a whole. */
  columnKey: string;
  granularity: Granularity;
  threshold: ThresholdRule;
  persistence: { breaches: number; of: number };
  minN: number | null;
  /** Channel ids. */
  channels: string[];
  enabled: boolean;
  createdBy: 'default' | 'user';
  /** End of the newest window that was judged with enough data. */
  judgedUntil: Date | null;
  lastState: MonitorState;
  lastValue: number | null;
  /** Windows after the newest judged one that wait for labels. */
  awaitingLabels: number;
  createdAt: Date;
}

export type Judgement = Pick<MonitorRecord, 'judgedUntil' | 'lastState' | 'lastValue' | 'awaitingLabels'>;

export type NewMonitor = Omit<MonitorRecord, 'id' | 'createdAt' | keyof Judgement>;

export interface MonitorStore {
  create(monitor: NewMonitor): Promise<MonitorRecord>;
  /** Oldest first. */
  list(modelId: string): Promise<MonitorRecord[]>;
  find(modelId: string, id: string): Promise<MonitorRecord | null>;
  /** Changing metric, column, granularity or threshold resets what was judged. */
  update(
    modelId: string,
    id: string,
    change: Partial<Omit<NewMonitor, 'modelId' | 'createdBy'>>,
  ): Promise<MonitorRecord | null>;
  /** Its incidents go with it. */
  remove(modelId: string, id: string): Promise<boolean>;
  /**
   * Models whose events stopped while they came live, with an enabled monitor of one of `metrics` that has another
   * complete window to judge.
   */
  modelsFallenSilent(metrics: readonly string[], now: Date): Promise<string[]>;
  judged(id: string, judgement: Judgement): Promise<void>;
}

const judgedBy = ['metric', 'columnKey', 'granularity', 'threshold'] as const;
const unjudged: Judgement = { judgedUntil: null, lastState: 'waiting', lastValue: null, awaitingLabels: 0 };

const toMonitor = (row: MonitorRow): MonitorRecord => ({
  ...row,
  granularity: row.granularity as Granularity,
  threshold: row.threshold as unknown as ThresholdRule,
  persistence: row.persistence as unknown as MonitorRecord['persistence'],
  createdBy: row.createdBy as MonitorRecord['createdBy'],
  lastState: row.lastState as MonitorState,
});

export function createMonitorStore(prisma: PrismaClient): MonitorStore {
  return {
    create: async (monitor) => toMonitor(await prisma.monitor.create({ data: monitor })),

    async list(modelId) {
      const rows = await prisma.monitor.findMany({
        where: { modelId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toMonitor);
    },

    async find(modelId, id) {
      if (!isUuid(id)) return null;
      const row = await prisma.monitor.findFirst({ where: { modelId, id } });
      return row && toMonitor(row);
    },

    async update(modelId, id, change) {
      if (!isUuid(id)) return null;
      return prisma.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM monitor WHERE id = ${id}::uuid FOR UPDATE`;
        const before = await tx.monitor.findFirst({ where: { modelId, id } });
        if (!before) return null;
        const reset = judgedBy.some(
          (key) => change[key] !== undefined && !isDeepStrictEqual(change[key], before[key]),
        );
        const data = { ...change, ...(reset ? unjudged : {}) };
        return toMonitor(await tx.monitor.update({ where: { id }, data }));
      });
    },

    async remove(modelId, id) {
      if (!isUuid(id)) return false;
      const { count } = await prisma.monitor.deleteMany({ where: { modelId, id } });
      return count === 1;
    },

    async modelsFallenSilent(metrics, now) {
      const rows = await prisma.$queryRaw<{ model_id: string }[]>`
        SELECT DISTINCT m.model_id::text FROM monitor m
        CROSS JOIN LATERAL (SELECT ('1 ' || m.granularity)::interval AS length) w
        CROSS JOIN LATERAL (
          SELECT received_at FROM ingest_batch b
          WHERE b.model_id = m.model_id AND b.events > 0 ORDER BY received_at DESC LIMIT 1
        ) last
        WHERE m.enabled AND m.metric = ANY(${[...metrics]}) AND m.judged_until + w.length <= ${now}
          AND last.received_at - m.judged_until <= w.length`;
      return rows.map((row) => row.model_id);
    },

    async judged(id, { judgedUntil, lastState, lastValue, awaitingLabels }) {
      const data = { judgedUntil, lastState, lastValue, awaitingLabels };
      await prisma.monitor.updateMany({ where: { id }, data });
    },
  };
}
