import type { ExactTask, History, PostedActual, PostedEvent } from './history.ts';
import type { Batch } from './schedule.ts';

export interface ExpectedActual {
  value: string | number | null;
  ms: number | null;
}

export interface ExpectedAnswer {
  accepted: number;
  duplicates: number;
  /** Row indexes. */
  rejected: number[];
}

/** What is stored after rows arrived in an order: the rules of the record "Order decides only ties" in plain code. */
export interface ExpectedState {
  task: ExactTask;
  events: Map<string, PostedEvent>;
  /** The actual of every id that has one, predicted or not. */
  actuals: Map<string, ExpectedActual>;
}

export const emptyState = ({ task }: Pick<History, 'task'>): ExpectedState => ({
  task,
  events: new Map(),
  actuals: new Map(),
});

const time = ({ ms }: ExpectedActual) => ms ?? Number.NEGATIVE_INFINITY;

function actualIn(row: PostedEvent | PostedActual): ExpectedActual {
  const { actual_label: label = null, actual_score: score = null, actual_timestamp: at } = row;
  return { value: label ?? score, ms: at === undefined ? null : Date.parse(at) };
}

const content = ({ actual_label, actual_score, actual_timestamp, ...rest }: PostedEvent) =>
  JSON.stringify(Object.entries({ ...rest, features: Object.entries(rest.features).sort() }).sort());

/** Takes an actual in; false when it says what is known already. */
function takeActual({ actuals }: ExpectedState, id: string, actual: ExpectedActual): boolean {
  const known = actuals.get(id);
  if (known && known.value === actual.value && known.ms === actual.ms) return false;
  if (!known || time(actual) >= time(known)) actuals.set(id, actual);
  return true;
}

function takeActuals(state: ExpectedState, rows: PostedActual[]): ExpectedAnswer {
  const latest = new Map<string, ExpectedActual>();
  for (const row of rows) {
    const before = latest.get(row.prediction_id);
    const actual = actualIn(row);
    if (!before || time(actual) >= time(before)) latest.set(row.prediction_id, actual);
  }
  let duplicates = 0;
  for (const [id, actual] of latest) if (!takeActual(state, id, actual)) duplicates += 1;
  return { accepted: rows.length - duplicates, duplicates, rejected: [] };
}

function takeEvents(state: ExpectedState, rows: PostedEvent[]): ExpectedAnswer {
  const answer: ExpectedAnswer = { accepted: 0, duplicates: 0, rejected: [] };
  const spokenFor = new Map<string, { content: string; isRefused: boolean }>();
  for (const [index, row] of rows.entries()) {
    const id = row.prediction_id;
    const own = content(row);
    const stored = state.events.get(id);
    const first = spokenFor.get(id) ?? {
      content: own,
      isRefused: stored !== undefined && content(stored) !== own,
    };
    const isRepeated = spokenFor.has(id);
    spokenFor.set(id, first);
    if (first.content !== own || (first.isRefused && !isRepeated)) answer.rejected.push(index);
    else if (isRepeated || stored) answer.duplicates += 1;
    else {
      answer.accepted += 1;
      state.events.set(id, row);
    }
    if (first.content === own && !first.isRefused && actualIn(row).value !== null)
      takeActual(state, id, actualIn(row));
  }
  return answer;
}

/** Changes `state` as the batch does when nothing else arrives meanwhile, and says what it is answered. */
export const arrive = (state: ExpectedState, { kind, rows }: Batch): ExpectedAnswer =>
  kind === 'events' ? takeEvents(state, rows as PostedEvent[]) : takeActuals(state, rows as PostedActual[]);

/** The label that is shown: 0.5 decides when the row has none; the reference told the other class. */
export const labelOf = (task: ExactTask, { prediction_label, prediction_score }: PostedEvent) =>
  task === 'regression' ? null : (prediction_label ?? (prediction_score >= 0.5 ? 'late' : 'on_time'));
