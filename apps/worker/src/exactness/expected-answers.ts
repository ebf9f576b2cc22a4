import { type ExpectedState, labelOf } from './expected-state.ts';
import { historyHours, historyStart, type PostedEvent } from './history.ts';

interface Labelled {
  event: PostedEvent;
  actual: string | number;
}

function labelledOf(state: ExpectedState, events: PostedEvent[]): Labelled[] {
  return events.flatMap((event) => {
    const actual = state.actuals.get(event.prediction_id)?.value ?? null;
    return actual === null ? [] : [{ event, actual }];
  });
}

const mean = (values: number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

function binaryMetrics({ task }: ExpectedState, rows: Labelled[]) {
  const count = (predicted: string, actual: string) =>
    rows.filter((row) => labelOf(task, row.event) === predicted && row.actual === actual).length;
  const [tp, fp] = [count('late', 'late'), count('late', 'on_time')];
  const [fn, tn] = [count('on_time', 'late'), count('on_time', 'on_time')];
  const squares = rows.map(
    ({ event, actual }) => (event.prediction_score - (actual === 'late' ? 1 : 0)) ** 2,
  );
  return {
    confusion: { tp, fp, fn, tn },
    metrics: {
      accuracy: ratio(tp + tn, rows.length),
      precision: ratio(tp, tp + fp),
      recall: ratio(tp, tp + fn),
      brier: mean(squares),
    },
  };
}

function regressionMetrics(rows: Labelled[]) {
  const errors = rows.map(({ event, actual }) => event.prediction_score - Number(actual));
  const square = mean(errors.map((error) => error * error));
  return {
    confusion: null,
    metrics: {
      mae: mean(errors.map(Math.abs)),
      rmse: square === null ? null : Math.sqrt(square),
      bias: mean(errors),
    },
  };
}

/** What `performance` must say of the production events, in plain sums. */
export function expectedPerformance(state: ExpectedState, only: (event: PostedEvent) => boolean) {
  const events = [...state.events.values()].filter(only);
  const rows = labelledOf(state, events);
  const report = state.task === 'regression' ? regressionMetrics(rows) : binaryMetrics(state, rows);
  return { n_events: events.length, n_labelled: rows.length, ...report };
}

/** Events of every hour of the history. */
export function expectedVolume(state: ExpectedState, slotHours: number): number[] {
  const counts = Array.from({ length: historyHours / slotHours }, () => 0);
  for (const event of state.events.values()) {
    if (event.environment !== 'production') continue;
    const slot = Math.floor(
      (Date.parse(event.prediction_timestamp) - historyStart) / (slotHours * 3_600_000),
    );
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
}

/** How many production events carry a value, and the share of those that do not. */
export function expectedColumn(state: ExpectedState, feature: string) {
  const events = [...state.events.values()].filter((event) => event.environment === 'production');
  const n = events.filter((event) => (event.features[feature] ?? null) !== null).length;
  return { n_current: n, missing_rate: ratio(events.length - n, events.length) };
}
