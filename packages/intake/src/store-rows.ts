import { randomUUID } from 'node:crypto';
import type { IngestAnswer, MappingRule } from '@plumbline/contracts';
import type { Db, IncomingBatch, IncomingEvent, ModelRecord, StoreResult } from '@plumbline/db';
import { prepareAndAdopt } from './adopt-features.ts';
import { addToTally, answerOf, emptyTally, eventsChunk, type Tally } from './batch-answer.ts';
import { mapRows } from './mapping-rules.ts';
import type { NegativeLabels } from './negative-labels.ts';
import type { PostedRow } from './posted-row.ts';
import { prepareActuals } from './prepare-actuals.ts';
import { kindsOf, type PreparedEvents, prepareEvents, ruleOf } from './prepare-events.ts';
import type { RowDefaults } from './validate-event.ts';

export type RowKind = 'events' | 'actuals';

/** One request to store rows of one model. */
export interface Intake {
  model: ModelRecord;
  kind: RowKind;
  defaults: RowDefaults;
  batchId: string;
  /** Applied to this request's rows after the model's own rules. */
  mapping?: readonly MappingRule[];
  idempotency?: { key: string; bodyHash: Buffer };
  /** `model` was recalled: the rows are stored only if it still is at this revision. */
  ifRevision?: number;
}

export interface IntakeDeps {
  db: Db;
  labels: NegativeLabels;
  /** Asks the workers to take new rows of a model in; does not wait. */
  refresh(modelId: string): void;
}

type Chunk = Pick<IncomingBatch, 'events' | 'actuals' | 'quarantine'> & {
  tally(outcome: Parameters<IncomingBatch['answer']>[0]): Omit<Tally, 'rejectedTotal'>;
};

const rulesOf = ({ model, mapping = [] }: Intake): readonly MappingRule[] =>
  mapping.length === 0 ? model.mappingRules : [...model.mappingRules, ...mapping];

/** Mends and judges rows; adds what they bring to the model's schema, and stores nothing else. */
export async function prepare(
  { db, labels }: IntakeDeps,
  intake: Intake,
  posted: PostedRow[],
): Promise<Chunk> {
  const { model, defaults } = intake;
  const now = Date.now();
  const rows = mapRows(rulesOf(intake), posted);
  if (intake.kind === 'actuals') {
    const prepared = prepareActuals(rows, model.task, now);
    return {
      events: [],
      actuals: prepared.actuals,
      quarantine: prepared.quarantine,
      tally: (outcome) => ({
        accepted: outcome.inserted + prepared.superseded,
        duplicates: outcome.duplicates.length,
        rejected: prepared.rejected,
      }),
    };
  }
  const context = { rule: ruleOf(model, await labels.of(model)), defaults, now };
  const { events, ...prepared } = await prepareAndAdopt(db, model, rows, context);
  return {
    events: events.map(headed),
    actuals: prepared.actuals,
    quarantine: prepared.quarantine,
    tally: (outcome) => eventsChunk(prepared, outcome),
  };
}

/** Lets the parsed event go: what waits for the database is what the collector has to copy again and again. */
function headed({ event, body }: PreparedEvents['events'][number]): IncomingEvent {
  const { prediction_id, prediction_ms, environment, model_version, prediction_label } = event;
  const head = { prediction_id, prediction_ms, environment, model_version };
  return { event: prediction_label === undefined ? head : { ...head, prediction_label }, body };
}

/** Remembers the labels that stored rows show. */
export function learn({ labels }: IntakeDeps, { model }: Intake, chunk: Chunk): void {
  const actual = chunk.actuals.map((row) => row.actual_label);
  labels.learn(model, chunk.events, actual);
}

/** Stores a request that fits one transaction. Returns after the commit. @throws StaleModelError see `Intake.ifRevision` */
export async function storeRows(deps: IntakeDeps, intake: Intake, rows: PostedRow[]): Promise<StoreResult> {
  const { model, kind, batchId, idempotency, ifRevision } = intake;
  const { tally, ...stored } = await prepare(deps, intake, rows);
  const result = await deps.db.events.store({
    modelId: model.id,
    batchId,
    kind,
    envelope: intake.defaults,
    ...stored,
    ...(idempotency ? { idempotency } : {}),
    ...(ifRevision === undefined ? {} : { ifRevision }),
    answer: (outcome) => answerOf(batchId, addToTally(emptyTally(), tally(outcome))),
  });
  if (result.kind === 'stored' && result.pending) learn(deps, intake, { tally, ...stored });
  if (result.kind === 'stored' && (result.pending || stored.quarantine.length > 0)) deps.refresh(model.id);
  return result;
}

/** Stores a stream in chunks, each in a transaction of its own: a retry after a failure counts duplicates. */
export async function storeChunks(
  deps: IntakeDeps,
  intake: Intake,
  chunks: AsyncIterable<PostedRow[]>,
): Promise<{ status: number; body: IngestAnswer; rows: number }> {
  let total = emptyTally();
  let rows = 0;
  for await (const posted of chunks) {
    rows += posted.length;
    const { tally, ...stored } = await prepare(deps, intake, posted);
    let chunk: Omit<Tally, 'rejectedTotal'> | null = null;
    const result = await deps.db.events.store({
      modelId: intake.model.id,
      batchId: intake.batchId,
      kind: intake.kind,
      envelope: intake.defaults,
      ...stored,
      answer: (outcome) => {
        chunk = tally(outcome);
        return answerOf(intake.batchId, addToTally(emptyTally(), chunk));
      },
    });
    if (chunk !== null) total = addToTally(total, chunk);
    if (result.kind === 'stored' && result.pending) {
      learn(deps, intake, { tally, ...stored });
      deps.refresh(intake.model.id);
    }
  }
  return { ...answerOf(intake.batchId, total), rows };
}

/** What storing would answer, as far as the rows themselves tell. Stores nothing. */
export async function tryRows(
  deps: IntakeDeps,
  intake: Intake,
  rows: PostedRow[],
): Promise<{ status: number; body: IngestAnswer }> {
  const nothingKnown = (inserted: number) => ({ inserted, duplicates: [], conflicts: [] });
  if (intake.kind === 'actuals') {
    const chunk = await prepare(deps, intake, rows);
    return answerOf(
      intake.batchId,
      addToTally(emptyTally(), chunk.tally(nothingKnown(chunk.actuals.length))),
    );
  }
  const rule = ruleOf(intake.model, await deps.labels.of(intake.model));
  const context = { rule, kinds: kindsOf(intake.model.features), defaults: intake.defaults, now: Date.now() };
  const prepared = prepareEvents(mapRows(rulesOf(intake), rows), context);
  return answerOf(
    intake.batchId,
    addToTally(emptyTally(), eventsChunk(prepared, nothingKnown(prepared.events.length))),
  );
}

export const newBatchId = (): string => randomUUID();
