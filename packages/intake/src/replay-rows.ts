import { environments, type MappingRule, type RejectedRow } from '@plumbline/contracts';
import type { ModelRecord, StoreOutcome, WaitingRow } from '@plumbline/db';
import { mapRows } from './mapping-rules.ts';
import type { PostedRow } from './posted-row.ts';
import { type IntakeDeps, learn, newBatchId, prepare } from './store-rows.ts';

/** What became of replayed rows. */
export interface Replayed {
  replayed: number;
  duplicates: number;
  rejected: (RejectedRow & { id: string })[];
}

/** A row that was cut for its size, or that parsing would change, is kept as text. */
export const isReplayable = (body: string): boolean => !body.startsWith('"');

const notReplayable = {
  code: 'not_replayable',
  detail: 'only the text of this row is kept; correct it at its source and post it',
};

function postedRow(row: WaitingRow, index: number): PostedRow {
  return { index, row: JSON.parse(row.body) };
}

/** Rows of one kind whose envelopes said the same. */
function groupsOf(rows: WaitingRow[]): WaitingRow[][] {
  const groups = new Map<string, WaitingRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.kind, row.envelope_version, row.envelope_environment]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** A fault of the row at its place in the group, told as of the place it was posted at. */
function faultOf(row: WaitingRow, fault: RejectedRow): RejectedRow & { id: string } {
  const pointer = fault.pointer.replace(/^\/(events|actuals)\/\d+/, `/$1/${row.index}`);
  return { ...fault, id: row.id, index: row.index, pointer };
}

/** Rows that equal an earlier row of the group which turned out to be in conflict: they are no duplicates of what is stored. */
function repeatedConflicts(
  { conflicts }: StoreOutcome,
  rows: PostedRow[],
  rejected: RejectedRow[],
): RejectedRow[] {
  const faults = new Map(conflicts.map((id) => [id, rejected.find((fault) => fault.prediction_id === id)]));
  const told = new Set(rejected.map((fault) => fault.index));
  return rows.flatMap((posted) => {
    const id = 'row' in posted ? (posted.row as { prediction_id?: unknown } | null)?.prediction_id : null;
    const fault = typeof id === 'string' ? faults.get(id) : undefined;
    return fault && !told.has(posted.index) ? [{ ...fault, index: posted.index }] : [];
  });
}

async function replayGroup(
  deps: IntakeDeps,
  model: ModelRecord,
  group: WaitingRow[],
  mapping: readonly MappingRule[],
): Promise<Replayed> {
  let told: Replayed = { replayed: 0, duplicates: 0, rejected: [] };
  const [first] = group;
  if (!first) return told;
  const { kind } = first;
  const ids = group.map((row) => row.id);
  const defaults = {
    modelVersion: first.envelope_version ?? undefined,
    environment: environments.find((name) => name === first.envelope_environment),
  };
  const intake = { model, kind, defaults, batchId: newBatchId(), mapping };
  const rows = mapRows([...model.mappingRules, ...mapping], group.map(postedRow));
  const { tally, ...chunk } = await prepare(deps, intake, group.map(postedRow));
  const { events, actuals } = chunk;
  const done = await deps.db.quarantine.replay(
    {
      modelId: model.id,
      batchId: intake.batchId,
      kind,
      events,
      actuals,
      quarantine: [],
      isReplay: true,
      answer: (outcome) => {
        const { accepted, duplicates, rejected } = tally(outcome);
        const repeated = duplicates > 0 ? repeatedConflicts(outcome, rows, rejected) : [];
        const faults = [...rejected, ...repeated].flatMap((fault) => {
          const row = group[fault.index];
          return row ? [faultOf(row, fault)] : [];
        });
        told = { replayed: accepted, duplicates: duplicates - repeated.length, rejected: faults };
        return { status: 202, body: { batch_id: intake.batchId, accepted, duplicates, rejected } };
      },
    },
    ids,
    () => {
      const failed = new Set(told.rejected.map((row) => row.id));
      return { settled: ids.filter((id) => !failed.has(id)), faults: told.rejected };
    },
  );
  if (!done) {
    // Somebody settled some of the rows meanwhile. Each time fewer are left.
    const left = await deps.db.quarantine.waiting(model.id, { ids }, { limit: ids.length });
    return replayGroup(deps, model, left, mapping);
  }
  if (done.pending) {
    learn(deps, intake, { tally, ...chunk });
    deps.refresh(model.id);
  }
  return told;
}

/**
 * Judges waiting rows of a model again, by its present schema, its mapping rules and then `mapping`, and stores those
 * that pass; rows with the same envelope in one transaction that also settles them. Changes `model` when rows bring
 * features.
 */
export async function replayRows(
  deps: IntakeDeps,
  model: ModelRecord,
  rows: WaitingRow[],
  mapping: readonly MappingRule[],
): Promise<Replayed> {
  const total: Replayed = { replayed: 0, duplicates: 0, rejected: [] };
  for (const { id, index, prediction_id, pointer, body } of rows) {
    if (!isReplayable(body)) total.rejected.push({ id, index, prediction_id, pointer, ...notReplayable });
  }
  for (const group of groupsOf(rows.filter(({ body }) => isReplayable(body)))) {
    const done = await replayGroup(deps, model, group, mapping);
    total.replayed += done.replayed;
    total.duplicates += done.duplicates;
    total.rejected.push(...done.rejected);
  }
  return total;
}
