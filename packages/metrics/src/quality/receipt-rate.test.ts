import type { Profile } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { scoreMetric } from '../score-metric.ts';
import { withIntake } from '../with-intake.ts';
import { rejectedShareMetric } from './rejected-share.ts';
import { typeViolationRateMetric } from './type-violation-rate.ts';

const hour = 3_600_000;
const nothing: Profile = { events: 0, columns: {}, performance: { labelled: 0 } };
const score = (current: Profile, descriptor = rejectedShareMetric) =>
  scoreMetric({
    descriptor,
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
  const current = { ...nothing, intake: { accepted, rejected, mistyped: 0 } };
  expect(score(current)).toMatchObject({ status, value, n: accepted + rejected });
});

test('those refused for a type are told apart, with an interval', () => {
  const current = { ...nothing, intake: { accepted: 75, rejected: 25, mistyped: 10 } };
  const rate = score(current, typeViolationRateMetric);
  expect(rate).toMatchObject({ status: 'ok', value: 0.1, n: 100 });
  expect(rate.lower).toBeCloseTo(0.0552, 4);
  expect(rate.upper).toBeCloseTo(0.1744, 4);
});

test('events alone do not tell what was refused', () => {
  expect(score({ ...nothing, events: 1000 })).toMatchObject({ status: 'not_applicable', value: null });
});

test('a window counts the hours that start in it', () => {
  const hours = [0, 1, 2, 3].map((i) => ({
    start: i * hour,
    accepted: 10 ** i,
    rejected: 2 * 10 ** i,
    mistyped: i,
  }));
  const { intake } = withIntake(nothing, hours, { startMs: hour, endMs: 3 * hour });
  expect(intake).toEqual({ accepted: 110, rejected: 220, mistyped: 3 });
});
