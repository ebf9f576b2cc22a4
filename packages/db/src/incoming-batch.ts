import type { IngestAnswer, RejectedRow, StoredActual, StoredEvent } from '@plumbline/contracts';

/** What has to be known of an event beside its text. */
type EventHead = Pick<
  StoredEvent,
  'prediction_id' | 'prediction_ms' | 'environment' | 'model_version' | 'prediction_label'
>;

export interface IncomingEvent {
  event: EventHead;
  /** JSON text of the whole event, as it is stored. */
  body: string;
}

export interface QuarantinedRow extends RejectedRow {
  /** The row as posted, JSON text. */
  body: string;
}

/** The valid rows of one request. Prediction ids are unique among `events` and among `actuals`. */
export interface IncomingBatch {
  modelId: string;
  batchId: string;
  kind: 'events' | 'actuals';
  events: IncomingEvent[];
  /** In a batch of events: the actuals posted with them; those of conflicting events are left out. */
  actuals: StoredActual[];
  quarantine: QuarantinedRow[];
  /** What the envelope said of every row; kept with rejected rows, so that a replay gives them the same. */
  envelope?: { modelVersion?: string | undefined; environment?: string | undefined };
  /** The rows were counted when they came first. */
  isReplay?: true;
  idempotency?: { key: string; bodyHash: Buffer };
  /** The rows were judged by the model as it was at this revision: they are stored only if it has not changed since. */
  ifRevision?: number;
  /**
   * Makes the answer from what was stored; it is kept with the idempotency key in the same transaction. Called again
   * when the transaction has to be started over.
   */
  answer(outcome: StoreOutcome): { status: number; body: IngestAnswer };
}

/** Counts events in a batch of events, actuals in a batch of actuals. */
export interface StoreOutcome {
  inserted: number;
  /** Ids that were stored before with equal content. */
  duplicates: string[];
  /** Ids that were stored before with other content; their first version stays. Events only: an actual supersedes. */
  conflicts: string[];
}

export type StoreResult =
  /** `pending`: rows were stored that no part covers yet. */
  | { kind: 'stored'; status: number; body: IngestAnswer; pending: boolean }
  | { kind: 'replayed'; status: number; body: IngestAnswer }
  /** The key was used with another body. */
  | { kind: 'key_reused' }
  /** Another request with this key has not been answered yet. */
  | { kind: 'key_in_progress' };
