import type { Expectation, ListedExpectation } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { numericColumn, profileColumn, profileOf, spreadValues } from '../profile-fixture.ts';
import { scoreMetric } from '../score-metric.ts';
import { brokenExpectationsMetric } from './broken-expectations.ts';

const head = { severity: 'warning', enabled: true } as const;
const listed = (expectation: Expectation): ListedExpectation => ({ source: 'edited', expectation });
const range = (max: number, enabled = true) =>
  listed({ ...head, enabled, kind: 'range', column: 'x', parameters: { min: 0, max, mostly: 1 } });
const present = listed({ ...head, kind: 'present', column: 'x', parameters: { mostly: 0.9 } });
const freshness = listed({ ...head, kind: 'freshness', column: null, parameters: { max_hours: 1 } });

const score = (n: number, expectations?: ListedExpectation[]) =>
  scoreMetric({
    descriptor: brokenExpectationsMetric,
    columnKey: null,
    binSet: { columns: [numericColumn] },
    context: { task: 'regression', positiveLabel: null, ...(expectations ? { expectations } : {}) },
    current: profileOf(n, { 'features.x': profileColumn(numericColumn, spreadValues(n)) }),
    reference: null,
  });

test.each<[string, number, ListedExpectation[] | undefined, string, number | null]>([
  ['nothing was accepted', 100, undefined, 'not_applicable', null],
  ['all are met', 100, [range(1), present], 'ok', 0],
  ['one of two is broken', 100, [range(0.5), present], 'ok', 0.5],
  ['what is off or unknown does not count', 100, [range(0.5), range(0.4, false), freshness], 'ok', 1],
  ['none can be judged', 100, [freshness], 'insufficient_data', null],
  ['there are few rows', 29, [range(0.5)], 'insufficient_data', null],
  ['there are no rows', 0, [range(0.5)], 'empty', null],
])('when %s', (_, n, expectations, status, value) => {
  expect(score(n, expectations)).toMatchObject({ status, value, n });
});
