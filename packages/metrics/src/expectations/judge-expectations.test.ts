import type { Expectation } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import {
  categoricalColumn,
  numericColumn,
  profileColumn,
  profileOf,
  spreadValues,
} from '../profile-fixture.ts';
import { type ExpectationEvidence, judgeExpectations, weekdayOf } from './judge-expectations.ts';

const dayMs = 86_400_000;
const monday = Date.UTC(2026, 0, 5);
const origins = [...new Array<string>(90).fill('ORD'), ...new Array<string>(10).fill('NEW')];
const evidence: ExpectationEvidence = {
  binSet: { columns: [numericColumn, categoricalColumn] },
  current: profileOf(100, {
    'features.x': profileColumn(numericColumn, spreadValues(100)),
    'features.origin': profileColumn(categoricalColumn, origins),
  }),
  sensitive: new Set(),
};
const head = { severity: 'warning', enabled: true } as const;
const origin: Expectation = {
  ...head,
  kind: 'known_values',
  column: 'origin',
  parameters: { also: [], mostly: 0.99 },
};

function judge(expectation: Expectation, more: Partial<ExpectationEvidence> = {}) {
  return judgeExpectations([expectation], { ...evidence, ...more }).results[0];
}

test('a result says what was looked at, how much of it was unexpected, and examples', () => {
  expect(judge(origin)).toEqual({
    kind: 'known_values',
    column: 'origin',
    severity: 'warning',
    status: 'broken',
    reason: null,
    element_count: 100,
    unexpected_count: 10,
    unexpected_at_most: 10,
    unexpected_percent: 10,
    observed: null,
    examples: [{ value: 'NEW', count: 10 }],
  });
});

test('values of a sensitive column are no examples', () => {
  expect(judge(origin, { sensitive: new Set(['origin']) })).toMatchObject({ status: 'broken', examples: [] });
});

test('what is switched off is not judged, and results are counted by status', () => {
  const off = { ...origin, enabled: false };
  const freshness: Expectation = { ...head, kind: 'freshness', column: null, parameters: { max_hours: 2 } };
  const report = judgeExpectations([origin, off, freshness], evidence);
  expect(report.results.map(({ status }) => status)).toEqual(['broken', 'off', 'unknown']);
  expect(report).toMatchObject({ met: 0, broken: 1, unknown: 1 });
});

test.each<[string, Expectation, Partial<ExpectationEvidence>, string, string | null]>([
  [
    'a column that went away',
    { ...head, kind: 'columns', column: null, parameters: { names: ['x', 'origin', 'gone'] } },
    { features: ['x', 'origin'] },
    'broken',
    null,
  ],
  [
    'a column that came',
    { ...head, kind: 'columns', column: null, parameters: { names: ['x', 'origin'] } },
    { features: ['x', 'origin', 'new'] },
    'broken',
    null,
  ],
  [
    'the same columns',
    { ...head, kind: 'columns', column: null, parameters: { names: ['x', 'origin'] } },
    { features: ['x', 'origin'] },
    'met',
    null,
  ],
  [
    'no rows have no columns',
    { ...head, kind: 'columns', column: null, parameters: { names: ['x'] } },
    { features: ['x'], current: profileOf(0) },
    'unknown',
    'no_rows',
  ],
  [
    'fresh rows',
    { ...head, kind: 'freshness', column: null, parameters: { max_hours: 2 } },
    { ageMs: 7_200_000 },
    'met',
    null,
  ],
  [
    'old rows',
    { ...head, kind: 'freshness', column: null, parameters: { max_hours: 2 } },
    { ageMs: 7_200_001 },
    'broken',
    null,
  ],
  [
    'rows refused for their type',
    { ...head, kind: 'type', column: 'x', parameters: { mostly: 1 } },
    { received: { rows: 40, mistyped: new Map([['x', 1]]) } },
    'broken',
    null,
  ],
  [
    'rows of the right type',
    { ...head, kind: 'type', column: 'x', parameters: { mostly: 1 } },
    { received: { rows: 40, mistyped: new Map() } },
    'met',
    null,
  ],
  [
    'types where nothing tells',
    { ...head, kind: 'type', column: 'x', parameters: { mostly: 1 } },
    {},
    'unknown',
    'not_known',
  ],
  [
    'a column without bins',
    { ...head, kind: 'present', column: 'nope', parameters: { mostly: 1 } },
    {},
    'unknown',
    'not_known',
  ],
])('%s', (_, expectation, more, status, reason) => {
  expect(judge(expectation, more)).toMatchObject({ status, reason });
});

test('the rows of a day are judged by its weekday, and days outside are named', () => {
  const byWeekday = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ min: 10 * weekday, max: 10 * weekday + 5 }));
  const volume: Expectation = {
    ...head,
    kind: 'volume',
    column: null,
    parameters: { by_weekday: byWeekday },
  };
  const days = [0, 10, 20, 36].map((events, i) => ({ startMs: monday + i * dayMs, events }));
  expect(days.map(({ startMs }) => weekdayOf(startMs))).toEqual([0, 1, 2, 3]);
  expect(judge(volume, { days: days.slice(0, 3) })).toMatchObject({ status: 'met', element_count: 3 });
  expect(judge(volume, { days })).toMatchObject({
    status: 'broken',
    unexpected_count: 1,
    examples: [{ value: '2026-01-08', count: 36 }],
  });
});
