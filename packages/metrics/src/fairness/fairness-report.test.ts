import type { AttributeGroup, Task } from '@plumbline/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../random-fixture.ts';
import { type FairnessQuestion, fairnessReport } from './fairness-report.ts';
import { groupsOf, outcomesOf } from './outcomes-fixture.ts';

const question: FairnessQuestion = {
  task: 'binary_classification',
  attributes: [{ field: 'features.g' }],
  favourableLabel: 'late',
  referenceGroup: null,
};
const metricOf = (report: ReturnType<typeof fairnessReport>, group: number, name: string) =>
  report.groups[group]?.metrics.find(({ metric }) => metric === name);
const verdicts = (report: ReturnType<typeof fairnessReport>) =>
  report.groups.map((_, i) => metricOf(report, i, 'selection_rate')?.comparison?.verdict ?? null);

describe('the four-fifths rule', () => {
  test('compares with the group selected most often, and is raised by more than chance', () => {
    const report = fairnessReport(
      question,
      groupsOf([
        [250, 250, 250, 250],
        [150, 150, 350, 350],
        [210, 210, 290, 290],
        [8, 8, 14, 14],
      ]),
    );
    expect(report.reference_group).toEqual({ position: 0, chosen_by: 'highest_selection_rate' });
    expect(verdicts(report)).toEqual([null, 'below', 'within', 'unclear']);
    expect(metricOf(report, 1, 'selection_rate')?.comparison).toMatchObject({ difference: -0.2, ratio: 0.6 });
  });

  test('with another reference group, more than five fourths is marked too', () => {
    const groups = groupsOf([
      [250, 250, 250, 250],
      [150, 150, 350, 350],
    ]);
    const report = fairnessReport({ ...question, referenceGroup: ['g1'] }, groups);
    expect(report.reference_group).toEqual({ position: 1, chosen_by: 'query' });
    expect(verdicts(report)).toEqual(['above', null]);
    expect(fairnessReport({ ...question, referenceGroup: ['nobody'] }, groups).reference_group).toBeNull();
  });
});

describe('small groups', () => {
  const large = groupsOf([
    [40, 30, 20, 10],
    [30, 30, 30, 30],
  ]);
  const small = (value: string | null, n: number): AttributeGroup => ({
    values: [value],
    outcomes: outcomesOf(n, 0, 0, 0),
  });

  test('of fewer than 30 events are one, which is compared with nothing', () => {
    const report = fairnessReport(question, [...large, small('x', 29), small('y', 3)]);
    expect(report.groups.map(({ kind, n, filter }) => [kind, n, filter === null])).toEqual([
      ['group', 120, false],
      ['group', 100, false],
      ['small', 32, true],
    ]);
    expect(report.small_groups).toEqual({ pooled_below: 30, hidden_below: 10, groups: 2, hidden: false });
    expect(metricOf(report, 2, 'selection_rate')).toMatchObject({ value: 1, comparison: null });
    expect(report.disparities[0]).toMatchObject({ groups: 2, without_value: 0 });
    expect(report.overall.n).toBe(252);
  });

  test('of fewer than 10 events together are hidden, in the whole too', () => {
    const report = fairnessReport(question, [...large, small('x', 5), small(null, 4)]);
    expect(report.groups.map(({ kind }) => kind)).toEqual(['group', 'group']);
    expect(report.small_groups).toMatchObject({ groups: 2, hidden: true });
    expect(report.overall).toEqual(fairnessReport(question, large).overall);
    expect(JSON.stringify(report)).not.toContain('"x"');
  });

  test('events without the attribute are shown and not compared', () => {
    const report = fairnessReport(question, [...large, small(null, 500)]);
    expect(report.groups[2]).toMatchObject({
      kind: 'missing',
      group: { 'features.g': null },
      filter: { field: 'features.g', op: 'is_null' },
      n: 500,
    });
    expect(report.reference_group?.position).toBe(1);
    expect(report.disparities[0]?.groups).toBe(2);
  });
});

test('ranges and crossed attributes have names and filters', () => {
  const attributes = [{ field: 'features.age', edges: [25, 40] }, { field: 'tags.x' }];
  const outcomes = outcomesOf(20, 20, 20, 20);
  const report = fairnessReport({ ...question, attributes, referenceGroup: ['[25, 40)', 'a'] }, [
    { values: [0, 'a'], outcomes },
    { values: [1, 'a'], outcomes },
    { values: [2, 'b'], outcomes },
  ]);
  expect(report.groups.map(({ group }) => group?.['features.age'])).toEqual(['< 25', '[25, 40)', '≥ 40']);
  expect(report.groups[1]?.filter).toEqual({
    and: [
      {
        and: [
          { field: 'features.age', op: 'gte', value: 25 },
          { field: 'features.age', op: 'lt', value: 40 },
        ],
      },
      { field: 'tags.x', op: 'eq', value: 'a' },
    ],
  });
  expect(report.reference_group).toEqual({ position: 1, chosen_by: 'query' });
  expect(report.groups[2]?.filter).toMatchObject({ and: [{ op: 'gte', value: 40 }, { op: 'eq' }] });
});

test.each<[Task, string | null, string[]]>([
  ['regression', null, ['mae', 'bias', 'mean_score']],
  ['multiclass_classification', null, ['accuracy']],
  ['ranking', null, []],
])('%s is compared by what it has', (task, favourableLabel, metrics) => {
  const errors = { n: 100, mean: 0.5, m2: 99 };
  const outcomes = { ...outcomesOf(20, 20, 20, 40), errors, absoluteErrors: errors, scores: errors };
  const report = fairnessReport({ ...question, task, favourableLabel }, [
    { values: ['a'], outcomes },
    { values: ['b'], outcomes: { ...outcomes, errors: { ...errors, mean: 1.5 } } },
  ]);
  expect(report.metrics.map(({ metric }) => metric)).toEqual(metrics);
  expect(report.reference_group?.chosen_by).toBe('largest');
  const bias = report.disparities.find(({ disparity }) => disparity === 'bias_parity');
  if (task !== 'regression') return expect(bias).toBeUndefined();
  expect(bias).toMatchObject({ difference: 1, ratio: null, status: 'ok' });
  // Two means of 100 rows with standard deviation 1.
  expect(bias?.difference_upper).toBeCloseTo(1 + 1.959964 * Math.SQRT2 * 0.1, 6);
  return expect(bias?.p_value).toBeLessThan(1e-10);
});

test('errors of one kind only have no balance; a balance is the odds of the share', () => {
  const report = fairnessReport(
    question,
    groupsOf([
      [50, 0, 20, 50],
      [50, 10, 20, 40],
    ]),
  );
  expect(metricOf(report, 0, 'error_balance')).toMatchObject({ value: null, n: 20, status: 'degenerate' });
  expect(metricOf(report, 1, 'error_balance')).toMatchObject({ value: 2, n: 30, status: 'ok' });
});

test('a rate needs ten rows in its denominator and thirty labelled events', () => {
  const [few, unlabelled] = [outcomesOf(5, 30, 4, 61), { ...outcomesOf(40, 30, 20, 10), labelled: 29 }];
  const report = fairnessReport(question, [
    { values: ['few'], outcomes: few },
    { values: ['unlabelled'], outcomes: unlabelled },
  ]);
  expect([0, 1].map((i) => metricOf(report, i, 'recall'))).toMatchObject([
    { value: null, n: 9, status: 'insufficient_data' },
    { value: null, n: 60, status: 'insufficient_data' },
  ]);
  expect(metricOf(report, 0, 'false_positive_rate')).toMatchObject({ n: 91, status: 'ok' });
  expect(metricOf(report, 1, 'selection_rate')).toMatchObject({ value: 0.7, n: 100, status: 'ok' });
});

test('no events have no groups and no comparison', () => {
  const report = fairnessReport(question, []);
  expect(report).toMatchObject({ groups: [], reference_group: null, overall: { n: 0, metrics: [] } });
  expect(report.disparities.every(({ status }) => status === 'insufficient_data')).toBe(true);
});

const cell = fc.nat(2000);
test('every number is finite and inside its interval, whatever the counts and their order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell, cell), { maxLength: 6 }), (counts) => {
      const groups = groupsOf(counts);
      const report = fairnessReport(question, groups);
      expect(fairnessReport(question, [...groups].reverse())).toEqual(report);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      for (const { metrics } of report.groups)
        for (const { value, lower, upper, status } of metrics) {
          expect((value === null) === (status !== 'ok')).toBe(true);
          if (value === null || lower === null || upper === null) continue;
          expect(lower).toBeLessThanOrEqual(value);
          expect(upper).toBeGreaterThanOrEqual(value);
        }
      for (const { difference, difference_lower, difference_upper } of report.disparities) {
        if (difference === null) continue;
        expect(difference_lower).toBeLessThanOrEqual(difference + 1e-12);
        expect(difference_upper).toBeGreaterThanOrEqual(difference - 1e-12);
      }
    }),
    { numRuns: 60 },
  );
});

describe('the widest gap of six groups of 120 events, over 400 draws', () => {
  const draws = 400;
  const parities = (rates: number[]) => {
    const { uniform } = randomNumbers(41);
    return Array.from({ length: draws }, () => {
      const counts = rates.map((rate) => {
        const selected = Array.from({ length: 120 }, uniform).filter((x) => x < rate).length;
        return [selected, 0, 0, 120 - selected];
      });
      return fairnessReport(question, groupsOf(counts)).disparities[0];
    });
  };

  test('is called real in at most 5 % when all are equal', () => {
    const found = parities([0.4, 0.4, 0.4, 0.4, 0.4, 0.4]);
    expect(found.filter((parity) => (parity?.p_value ?? 0) < 0.05).length / draws).toBeLessThanOrEqual(0.05);
    expect(found.filter((parity) => parity?.difference_lower !== 0).length / draws).toBeLessThanOrEqual(0.05);
  });

  test('lies in its interval in at least 95 %, as a difference and as a ratio', () => {
    const found = parities([0.3, 0.35, 0.4, 0.4, 0.45, 0.55]);
    const holds = (lower: number | null | undefined, upper: number | null | undefined, truth: number) =>
      (lower ?? 1) <= truth && truth <= (upper ?? 0);
    const differences = found.filter((p) => holds(p?.difference_lower, p?.difference_upper, 0.25));
    const ratios = found.filter((p) => holds(p?.ratio_lower, p?.ratio_upper, 0.3 / 0.55));
    expect(differences.length / draws).toBeGreaterThanOrEqual(0.95);
    expect(ratios.length / draws).toBeGreaterThanOrEqual(0.95);
  });
});
