import { expect } from 'vitest';
import { expectedColumn, expectedPerformance, expectedVolume } from './expected-answers.ts';
import { type ExpectedState, labelOf } from './expected-state.ts';
import type { History, PostedEvent } from './history.ts';
import type { Laboratory } from './laboratory.ts';
import { type LiveRow, liveRows } from './live-rows.ts';
import { answersOf, differences } from './observe.ts';

const byId = <T extends { id: string }>(rows: T[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));

function expectedRows(state: ExpectedState): LiveRow[] {
  return [...state.events.values()].map((event) => ({
    id: event.prediction_id,
    ms: Date.parse(event.prediction_timestamp),
    environment: event.environment,
    version: event.model_version,
    score: event.prediction_score,
    label: labelOf(state.task, event),
    features: { humidity: null, ...event.features },
    actual: state.actuals.get(event.prediction_id) ?? null,
  }));
}

/** The rows in Postgres, by id. */
async function storedRows(lab: Laboratory, modelId: string, state: ExpectedState): Promise<LiveRow[]> {
  const rows = await Promise.all(
    [...new Set([...state.events.keys(), ...state.actuals.keys()])].map((id) =>
      lab.db.events.find(modelId, id),
    ),
  );
  return rows
    .filter((row) => row !== null)
    .map((row) => ({
      id: row.prediction_id,
      ms: row.prediction_ms,
      environment: row.environment,
      version: row.model_version,
      score: row.prediction_score ?? Number.NaN,
      label: row.prediction_label ?? null,
      features: { humidity: null, ...row.features } as LiveRow['features'],
      actual: state.actuals.has(row.prediction_id)
        ? { value: row.actual_label ?? row.actual_score, ms: row.actual_ms }
        : null,
    }));
}

type Answer = Record<string, unknown>;

function checkPerformance(state: ExpectedState, answer: Answer, only: (event: PostedEvent) => boolean) {
  const expected = expectedPerformance(state, only);
  const metrics = answer.metrics as { metric: string; value: number | null; status: string }[];
  const values = Object.fromEntries(
    Object.entries(expected.metrics).map(([name, plain]) => {
      const { value = null, status } = metrics.find((it) => it.metric === name) ?? {};
      return [name, status === 'ok' ? value : plain];
    }),
  );
  const confusion = answer.confusion_matrix as Record<string, unknown> | null;
  const { tp, fp, fn, tn } = confusion ?? { tp: 0, fp: 0, fn: 0, tn: 0 };
  const found = {
    n_events: answer.n_events,
    n_labelled: answer.n_labelled,
    metrics: values,
    confusion: expected.confusion && { tp, fp, fn, tn },
  };
  expect(differences(found, expected)).toEqual([]);
}

function checkAnswers(state: ExpectedState, answers: Record<string, Answer>) {
  const isProduction = (event: PostedEvent) => event.environment === 'production';
  const about = (question: string) => answers[question] as Answer;
  checkPerformance(state, about('performance?'), isProduction);
  checkPerformance(
    state,
    about('performance?version=2'),
    (event) => isProduction(event) && event.model_version === '2',
  );
  checkPerformance(state, about('performance?environment=validation'), (event) => !isProduction(event));
  for (const [granularity, hours] of [
    ['hour', 1],
    ['day', 24],
  ] as const) {
    const points = about(`timeseries?metric=volume&granularity=${granularity}`).points as { value: number }[];
    expect(points.map((point) => point.value)).toEqual(expectedVolume(state, hours));
  }
  const columns = about('drift?').columns as { column: string; n_current: number; missing_rate: number }[];
  for (const feature of ['distance', 'origin', 'humidity']) {
    const found = columns.find((column) => column.column === feature);
    const { n_current, missing_rate } = found ?? {};
    expect(differences({ n_current, missing_rate }, expectedColumn(state, feature)), feature).toEqual([]);
  }
}

/** Compares what is stored, mirrored and answered with the rules. Gives the answers, for comparison with another play. */
export async function checkPlay(
  lab: Laboratory,
  history: History,
  model: { id: string; slug: string },
  state: ExpectedState,
): Promise<Record<string, unknown>> {
  const rows = byId(expectedRows(state));
  expect(byId(await storedRows(lab, model.id, state)), 'stored').toEqual(rows);
  expect(byId(await liveRows(lab, model.id)), 'in live parts').toEqual(rows);
  const { body: status } = await lab.call('GET', `/v1/models/${model.slug}/ingest-status`);
  expect(status).toMatchObject({
    events: state.events.size,
    mirrored_events: state.events.size,
    actuals: state.actuals.size,
  });
  const answers = await answersOf(lab, history, model.slug);
  checkAnswers(state, answers as Record<string, Answer>);
  return answers;
}
