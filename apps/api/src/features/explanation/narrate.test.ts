import { expect, test } from 'vitest';
import { type Contribution, narrate } from './narrate.ts';

const facts = (contributions: Contribution[]) => ({
  predictionId: 'p',
  modelVersion: 'v',
  predictedAt: '2026-01-05T00:00:00Z',
  label: null,
  score: 0.123456,
  baseValue: 0.1,
  threshold: null,
  contributions,
  additive: true,
  scale: 'score' as const,
});

test.each<[Contribution['value'], string]>([
  [0.2727272727272727, '0.273'],
  [-12.3456, '-12.3'],
  [2176, '2176'],
  [1234.5678, '1235'],
  [0.00000012345, '0.000000123'],
  [99.96, '100'],
  [0, '0'],
  ['LAS', 'LAS'],
  [true, 'true'],
  [null, 'missing'],
])('a feature value of %j is told as %s and kept as a figure', (value, text) => {
  const told = narrate(facts([{ feature: 'x', value, contribution: 0.02 }]), 'operator');
  expect(told.text).toBe(`Score 0.123. Largest effects: x (${text}) raised the score by 0.02.`);
  expect(told.figures['value of x']).toBe(typeof value === 'number' ? Number(text) : undefined);
});

test('how many features there are else is told exactly', () => {
  const many = Array.from({ length: 1240 }, (_, i) => ({
    feature: `f${i}`,
    value: null,
    contribution: 0.001,
  }));
  const { text, figures } = narrate(facts(many), 'auditor');
  expect(text).toContain('The other 1237 features together raised it by 1.24.');
  expect(figures['other features']).toBe(1237);
});
