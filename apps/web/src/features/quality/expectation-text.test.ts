import { type ExpectationResult, expectationSchema } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { evidenceText, expectationSentence } from './expectation-text.ts';
import { orderResults } from './order-results.ts';

const sentence = (expectation: object) => expectationSentence(expectationSchema.parse(expectation));

it.each([
  [{ kind: 'present', column: 'x', parameters: { mostly: 0.99 } }, 'At least 99\u00a0% of rows have a value'],
  [{ kind: 'range', column: 'x', parameters: { min: 0, max: null, mostly: 1 } }, 'All values are at least 0'],
  [
    { kind: 'known_values', column: 'x', parameters: { also: ['WEB'], mostly: 1 } },
    'All values are ones of the reference, or “WEB”',
  ],
  [{ kind: 'mean', column: 'x', parameters: { min: 1, max: 2 } }, 'The mean is between 1 and 2'],
  [
    { kind: 'volume', column: null, parameters: { by_weekday: new Array(7).fill({ min: 10, max: 2000 }) } },
    'Each day has between 10 and 2,000 rows',
  ],
])('%o in words', (expectation, text) => {
  expect(sentence(expectation)).toBe(text);
});

const result: ExpectationResult = {
  kind: 'range',
  column: 'x',
  severity: 'warning',
  status: 'broken',
  reason: null,
  element_count: 1000,
  unexpected_count: 12,
  unexpected_at_most: 12,
  unexpected_percent: 1.2,
  observed: null,
  examples: [],
};

describe('the evidence', () => {
  it('names the count, its share and n', () => {
    expect(evidenceText(result)).toBe('12 unexpected (1.2\u00a0%), n = 1,000 rows');
  });
  it('names both ends of a count that is not exact', () => {
    expect(evidenceText({ ...result, unexpected_at_most: 30 })).toMatch(/^12 to 30 unexpected/);
  });
  it('names the number of the window', () => {
    const mean = { ...result, kind: 'mean', unexpected_count: null, unexpected_percent: null, observed: 4.5 };
    expect(evidenceText(mean)).toBe('4.50, n = 1,000 rows');
  });
});

it('lists what is broken first, critical before warnings', () => {
  const of = (status: ExpectationResult['status'], severity: ExpectationResult['severity'] = 'warning') => ({
    ...result,
    status,
    severity,
  });
  const results = [of('met'), of('broken'), of('off'), of('unknown'), of('broken', 'critical')];
  expect(orderResults(results, 'all').map(({ status, severity }) => `${status} ${severity}`)).toEqual([
    'broken critical',
    'broken warning',
    'unknown warning',
    'met warning',
    'off warning',
  ]);
  expect(orderResults(results, 'broken')).toHaveLength(2);
});
