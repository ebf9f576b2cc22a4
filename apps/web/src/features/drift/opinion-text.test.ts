import type { SecondOpinion, SecondOpinionsAnswer } from '@plumbline/contracts';
import { describe, expect, test } from 'vitest';
import { pText, sampleText } from './opinion-text.ts';

const opinion: SecondOpinion = {
  test: 'anderson_darling',
  title: 'Anderson–Darling',
  value: 1.7,
  measures: 'Standardised statistic',
  p_value: 0.0635,
  p_bound: null,
  p_method: 'interpolated',
  status: 'ok',
  n_reference: 200,
  n_current: 100,
  exactness: 'exact',
  sensitive_to: 'Changes in the tails.',
};

describe('p in words', () => {
  test.each<[Partial<SecondOpinion>, string]>([
    [{}, '0.0635 (from a table)'],
    [{ p_value: 0.001, p_bound: 'at_most' }, '≤ 0.00100 (from a table)'],
    [{ p_value: 0.25, p_bound: 'at_least' }, '≥ 0.250 (from a table)'],
    [{ p_value: 1e-9, p_bound: 'at_most', p_method: 'exact' }, '< 0.001 (counted out)'],
    [{ p_value: 0.005, p_method: 'permutation' }, '0.00500 (199 permutations)'],
    [{ p_value: null, p_method: null }, '–'],
  ])('%j', (change, expected) => {
    expect(pText({ ...opinion, ...change })).toBe(expected);
  });
});

describe('what the answers are good for', () => {
  const answer = (before: number, now: number, tests: SecondOpinion[]): SecondOpinionsAnswer => ({
    window: { from: '', to: '' },
    column: 'distance',
    kind: 'numeric',
    reference: null,
    sample: { limit: 10_000, events_reference: before, events_current: now },
    tests,
  });

  test('all rows: no word of a sample', () => {
    expect(sampleText(answer(300, 200, [opinion]))).toBe(
      'Of 200 events now and 300 in the reference. No alarm and no verdict depends on them.',
    );
  });

  test('a sample, and the chance among several tests', () => {
    const text = sampleText(answer(40_000, 200, [opinion, opinion, { ...opinion, p_value: null }]));
    expect(text).toContain(
      '40,000 in the reference, at most 10,000 of a side, drawn the same way each time.',
    );
    expect(text).toContain('2 tests: where nothing changed, each shows p below 0.05 in one window of twenty');
  });
});
