import { isDeepStrictEqual } from 'node:util';
import {
  type Feature,
  type FeatureKind,
  limits,
  type RejectedRow,
  type StoredActual,
  type StoredEvent,
} from '@plumbline/contracts';
import type { ModelRecord, QuarantinedRow } from '@plumbline/db';
import { type DecisionRule, derivePrediction } from './derive-prediction.ts';
import { keepLatestActuals } from './keep-latest-actuals.ts';
import type { PostedRow } from './posted-row.ts';
import type { RowFault } from './row-check.ts';
import { refuseRounded } from './row-source.ts';
import { type RowDefaults, type ValidEvent, validateEvent } from './validate-event.ts';

/** What the rows of one model are prepared with. `kinds` is the schema as known now. */
export interface PrepareContext {
  rule: DecisionRule;
  kinds: ReadonlyMap<string, FeatureKind>;
  defaults: RowDefaults;
  now: number;
}

export interface PreparedEvents {
  events: { event: StoredEvent; body: string }[];
  /** Row index of every id in `events`. */
  indexOf: Map<string, number>;
  actuals: StoredActual[];
  /** Rows that repeat an id of this batch with equal content. */
  duplicates: number;
  rejected: RejectedRow[];
  quarantine: QuarantinedRow[];
  /** Features no one knew before, as their first valid row shows them. */
  newFeatures: Feature[];
}

export const kindsOf = (features: readonly Feature[]): Map<string, FeatureKind> =>
  new Map(features.map((feature) => [feature.name, feature.kind]));

export const ruleOf = (model: ModelRecord, negativeLabel: string | null): DecisionRule => ({
  task: model.task,
  positiveLabel: model.positiveLabel,
  decisionThreshold: model.decisionThreshold,
  negativeLabel,
});

/**
 * Validates rows, derives what they leave out and drops repeated ids: the first row of an id stays, equal ones are
 * duplicates, others conflicts. Pure.
 */
export function prepareEvents(rows: PostedRow[], context: PrepareContext): PreparedEvents {
  const kinds = new Map(context.kinds);
  const schema = { task: context.rule.task, positiveLabel: context.rule.positiveLabel, kinds };
  const first = new Map<string, PreparedEvents['events'][number]>();
  const actuals: StoredActual[] = [];
  const prepared: PreparedEvents = {
    events: [],
    indexOf: new Map(),
    actuals: [],
    duplicates: 0,
    rejected: [],
    quarantine: [],
    newFeatures: [],
  };
  for (const posted of rows) {
    const result: { value: ValidEvent } | { fault: RowFault; aside?: PostedRow } =
      'fault' in posted
        ? { fault: posted.fault }
        : refuseRounded(posted, validateEvent(posted.row, schema, context.defaults, context.now));
    if ('fault' in result) {
      setAside(prepared, result.aside ?? posted, 'events', result.fault);
      continue;
    }
    const { event, actual, newFeatures } = result.value;
    derivePrediction(event, context.rule);
    const body = JSON.stringify(event);
    const fault = faultOf(result.value, isTooLarge(body), kinds.size);
    if (fault) {
      setAside(prepared, posted, 'events', fault);
      continue;
    }
    const before = first.get(event.prediction_id);
    if (before && before.body !== body && !isDeepStrictEqual(before.event, event)) {
      setAside(
        prepared,
        posted,
        'events',
        conflict('this id is also posted with other content in this batch'),
      );
      continue;
    }
    if (actual) actuals.push(actual);
    if (before) {
      prepared.duplicates += 1;
      continue;
    }
    for (const feature of newFeatures) {
      kinds.set(feature.name, feature.kind);
      prepared.newFeatures.push(feature);
    }
    const incoming = { event, body };
    first.set(event.prediction_id, incoming);
    prepared.indexOf.set(event.prediction_id, posted.index);
    prepared.events.push(incoming);
  }
  prepared.actuals = keepLatestActuals(actuals);
  return prepared;
}

/** Most texts are short enough whatever their characters. */
const isTooLarge = (body: string): boolean =>
  body.length * 3 > limits.eventBytes && Buffer.byteLength(body) > limits.eventBytes;

function faultOf(row: ValidEvent, isTooLarge: boolean, knownFeatures: number): RowFault | null {
  if (isTooLarge) {
    return {
      code: 'event_too_large',
      pointer: '',
      detail: `an event holds at most ${limits.eventBytes} bytes`,
    };
  }
  if (row.newFeatures.length > 0 && knownFeatures + row.newFeatures.length > 2 * limits.featuresPerEvent) {
    const detail = `a model holds at most ${2 * limits.featuresPerEvent} features`;
    return { code: 'too_many_features', pointer: '/features', detail };
  }
  return null;
}

export const conflict = (detail: string): RowFault => ({
  code: 'id_conflict',
  pointer: '/prediction_id',
  detail,
});

/** Puts a row on the list of rejected rows and into quarantine. */
export function setAside(
  target: { rejected: RejectedRow[]; quarantine: QuarantinedRow[] },
  posted: PostedRow,
  list: 'events' | 'actuals',
  fault: RowFault,
): void {
  const rejected: RejectedRow = {
    index: posted.index,
    prediction_id: 'row' in posted ? idIn(posted.row) : null,
    code: fault.code,
    pointer: `/${list}/${posted.index}${fault.pointer}`,
    detail: fault.detail,
  };
  target.rejected.push(rejected);
  target.quarantine.push({ ...rejected, body: bodyOf(posted) });
}

function idIn(row: unknown): string | null {
  const id = typeof row === 'object' && row !== null ? (row as Record<string, unknown>).prediction_id : null;
  if (typeof id !== 'string' || id.length > limits.idCharacters) return null;
  return id.isWellFormed() && !id.includes('\u0000') ? id : null;
}

const keptCharacters = 65_536;

/** JSON would write a number too large for a double as null, and a replay would take the row with a value missing. */
const asText = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

function bodyOf(posted: PostedRow): string {
  if ('fault' in posted) return JSON.stringify(posted.text.slice(0, keptCharacters));
  try {
    const body = JSON.stringify(posted.asPosted ?? posted.row, asText);
    return body.length > keptCharacters ? JSON.stringify(body.slice(0, keptCharacters)) : body;
  } catch {
    return '"nested too deeply to be kept"';
  }
}
