import type { DelayProfile, Environment, Granularity } from '@plumbline/contracts';
import type { Pool } from 'pg';

/** How many events of one hour or day have labels, and how late those came. */
export interface LabelledSlot {
  /** Epoch ms. */
  start: number;
  events: number;
  labelled: number;
  /** Null when the slot was profiled before delays were kept. */
  delays: DelayProfile | null;
}

/** What stored profiles say of labels, without the rest of them. */
export interface LabelStore {
  /** Slots that start in [fromMs, toMs), in order of time; those of several versions lie side by side. */
  read(
    modelId: string,
    binSetId: string,
    asked: { grain: Exclude<Granularity, 'week'>; fromMs: number; toMs: number; environment: Environment },
  ): Promise<LabelledSlot[]>;
}

export function createLabelStore(pool: Pool): LabelStore {
  return {
    async read(modelId, binSetId, { grain, fromMs, toMs, environment }) {
      const { rows } = await pool.query<LabelledSlot>(
        `SELECT (extract(epoch FROM start_at) * 1000)::float8 AS start, events,
           coalesce((performance ->> 'labelled')::float8, 0) AS labelled, performance -> 'delays' AS delays
         FROM (
           SELECT start_at, events, body -> 'performance' AS performance FROM profile
           WHERE model_id = $1 AND bin_set_id = $2 AND grain = $3 AND environment = $6
             AND start_at >= to_timestamp($4::float8 / 1000) AND start_at < to_timestamp($5::float8 / 1000)
           ORDER BY start_at OFFSET 0
         ) slots`,
        [modelId, binSetId, grain, fromMs, toMs, environment],
      );
      return rows;
    },
  };
}
