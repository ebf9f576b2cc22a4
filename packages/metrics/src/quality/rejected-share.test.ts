import type { Profile } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { scoreMetric } from '../score-metric.ts';
import { withIntake } from '../with-intake.ts';
import { rejectedShareMetric } from './rejected-share.ts';

const hour = 3_600_000;
const nothing: Profile = { events: 0, columns: {}, performance: { labelled: 0 } };
const score = (current: Profile) =>
  scoreMetric({
    descriptor: rejectedShareMetric,
    columnKey: null,
    binSet: { columns: [] },
    context: { task: 'regression', positiveLabel: null },
    current,
    reference: null,
  });

test.each([
  [0, 0, 'empty', null],
  [28, 1, 'insufficient_data', null],
  [30, 0, 'ok', 0],
  [75, 25, 'ok', 0.25],
  [0, 40, 'ok', 1],
])('%i accepted and %i rejected rows are %s, %s', (accepted, rejected, status, value) => {
  const current = { ...nothing, intake: { accepted, rejected } };
  expect(score(current)).toMatchObject({ status, value, n: accepted + rejected });
});

test('events alone do not tell what was refused', () => {
  expect(score({ ...nothing, events: 1000 })).toMatchObject({ status: 'not_applicable', value: null });
});

test('a window counts the hours that start in it', () => {
  const hours = [0, 1, 2, 3].map((i) => ({ start: i * hour, accepted: 10 ** i, rejected: 2 * 10 ** i }));
  const { intake } = withIntake(nothing, hours, { startMs: hour, endMs: 3 * hour });
  expect(intake).toEqual({ accepted: 110, rejected: 220 });
});
