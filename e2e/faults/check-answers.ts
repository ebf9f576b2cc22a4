import type { PerformanceAnswer, SlicesAnswer } from '@plumbline/contracts';
import {
  type ExpectedGroup,
  expectedByCountry,
  expectedGroup,
  type LabelledEvent,
} from './expected-answers.ts';
import { eventOf, indexOf, type Origin } from './rows.ts';

interface Answers {
  origin: Origin;
  /** The latest acknowledged truth of an id. */
  labels: ReadonlyMap<string, string>;
  stored: readonly { id: string; label: string | null }[];
  performance: Pick<PerformanceAnswer, 'n_events' | 'n_labelled' | 'metrics'>;
  groups: Pick<SlicesAnswer, 'rows'>;
}

const isClose = (a: unknown, b: number | null) =>
  b === null || typeof a !== 'number' ? a === b : Math.abs(a - b) <= 1e-9;

/** Works the numbers out again from the rows that were sent and names the answers that differ. */
export function checkAnswers({ origin, labels, stored, performance, groups }: Answers): string[] {
  const wrong: string[] = [];
  const expect = (what: string, got: unknown, expected: number | null) => {
    if (!isClose(got, expected)) wrong.push(`${what}: ${String(got)} instead of ${expected}`);
  };
  for (const { id, label } of stored) {
    const known = labels.get(id) ?? null;
    if (label !== known) wrong.push(`label of ${id}: ${label} instead of ${known}`);
  }
  const events: LabelledEvent[] = [...new Set(stored.map(({ id }) => id))].map((id) => {
    const { features, prediction_score } = eventOf(origin, indexOf(id));
    return { country: features.country, score: prediction_score, actual: labels.get(id) ?? null };
  });
  const all = expectedGroup(events);
  expect('n_events', performance.n_events, all.volume);
  expect('n_labelled', performance.n_labelled, all.labelled);
  const accuracy = performance.metrics.find(({ metric }) => metric === 'accuracy');
  expect('accuracy', accuracy?.value, all.accuracy);
  const expected = expectedByCountry(events);
  expect('groups', groups.rows.length, expected.size);
  for (const { group, metrics, n, n_labelled } of groups.rows) {
    const country = String(group['features.country']);
    const own: ExpectedGroup | undefined = expected.get(country);
    expect(`${country} n`, n, own?.volume ?? null);
    expect(`${country} volume`, metrics.volume, own?.volume ?? null);
    expect(`${country} n_labelled`, n_labelled, own?.labelled ?? null);
    expect(`${country} accuracy`, metrics.accuracy, own?.accuracy ?? null);
    expect(`${country} mean_score`, metrics.mean_score, own?.meanScore ?? null);
  }
  return wrong;
}
