import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { RejectedRow } from '@plumbline/contracts';
import type { Db, ModelRecord } from '@plumbline/db';
import { prepareAndAdopt } from './adopt-features.ts';
import type { DecisionRule } from './derive-prediction.ts';
import { mapRows } from './mapping-rules.ts';
import type { PostedRow } from './posted-row.ts';
import { setAside } from './prepare-events.ts';
import type { RowDefaults } from './validate-event.ts';

const listedRows = 10_000;

/** What came of the rows of an upload. */
export interface WrittenRows {
  accepted: number;
  duplicates: number;
  rejected: RejectedRow[];
  rejectedTotal: number;
  minMs: number | null;
  maxMs: number | null;
}

/** Checks rows like events and writes the good ones as NDJSON with their actuals. Changes `model.features`. */
export async function writeReferenceRows(
  db: Db,
  model: ModelRecord,
  path: string,
  chunks: AsyncIterable<PostedRow[]> | Iterable<PostedRow[]>,
  options: {
    rule: DecisionRule;
    defaults: RowDefaults;
    /** Waited for after every chunk; what it throws ends the writing. */
    onChunk?: (written: WrittenRows, rows: number) => Promise<void>;
  },
): Promise<WrittenRows> {
  const written: WrittenRows = {
    accepted: 0,
    duplicates: 0,
    rejected: [],
    rejectedTotal: 0,
    minMs: null,
    maxMs: null,
  };
  const ids = new Set<string>();
  const file = createWriteStream(path);
  const failed = finished(file);
  failed.catch(() => {});
  try {
    for await (const rows of chunks) {
      const mapped = mapRows(model.mappingRules, rows);
      const prepared = await prepareAndAdopt(db, model, mapped, { ...options, now: Date.now() });
      const actuals = new Map(prepared.actuals.map((actual) => [actual.prediction_id, actual]));
      const lines: string[] = [];
      for (const { event } of prepared.events) {
        if (ids.has(event.prediction_id)) {
          const index = prepared.indexOf.get(event.prediction_id) ?? -1;
          const detail = 'this id is posted twice in this reference; the first one stays';
          setAside(prepared, { index, row: event }, 'events', {
            code: 'id_conflict',
            pointer: '/prediction_id',
            detail,
          });
          continue;
        }
        ids.add(event.prediction_id);
        lines.push(JSON.stringify({ ...event, ...actuals.get(event.prediction_id) }));
        written.minMs = Math.min(written.minMs ?? event.prediction_ms, event.prediction_ms);
        written.maxMs = Math.max(written.maxMs ?? event.prediction_ms, event.prediction_ms);
      }
      written.accepted += lines.length;
      written.duplicates += prepared.duplicates;
      written.rejectedTotal += prepared.rejected.length;
      written.rejected.push(...prepared.rejected.slice(0, Math.max(0, listedRows - written.rejected.length)));
      if (lines.length > 0 && !file.write(`${lines.join('\n')}\n`)) {
        await Promise.race([once(file, 'drain'), failed]);
      }
      await options.onChunk?.(written, rows.length);
    }
  } catch (error) {
    file.destroy();
    throw error;
  }
  file.end();
  await failed;
  return written;
}
