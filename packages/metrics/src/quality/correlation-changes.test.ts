import { expect, test } from 'vitest';
import { randomNumbers } from '../random-fixture.ts';
import type { DrawnColumn } from './coded-columns.ts';
import { correlationChanges } from './correlation-changes.ts';

const finish = (reference: DrawnColumn[], current: DrawnColumn[]) => {
  const steps = correlationChanges(reference, current);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
};
/** Two numbers, two categories and a mixed pair, linked by `link` in [0, 1]; every tenth number is missing. */
function draw(seed: number, n: number, link: number): DrawnColumn[] {
  const { uniform, normal } = randomNumbers(seed);
  const x = Float64Array.from({ length: n }, () => normal());
  const y = x.map((value) => link * value + Math.sqrt(1 - link ** 2) * normal());
  const name = (value: number) => (value < -0.5 ? 'low' : value < 0.5 ? 'middle' : 'high');
  return [
    { name: 'x', values: x },
    { name: 'y', values: y.map((value, i) => (i % 10 === 0 ? Number.NaN : value)) },
    { name: 'band', values: Array.from(x, (value, i) => (i % 7 === 0 ? null : name(value))) },
    { name: 'other', values: Array.from(y, name) },
    { name: 'alone', values: Float64Array.from({ length: n }, uniform) },
  ];
}

test('a link that is lost is found in numbers, categories and both; what was never linked did not change', () => {
  const pairs = finish(draw(1, 800, 0.8), draw(2, 500, 0));
  const changed = pairs.filter(({ changed: is }) => is).map(({ columns }) => columns.join(' '));
  expect(changed.sort()).toEqual(['band other', 'x other', 'x y', 'y band']);
  expect(pairs).toHaveLength(10);
  const [first] = pairs;
  expect(first).toMatchObject({ measure: 'spearman', n_reference: 720, n_current: 450, status: 'ok' });
  expect(first?.reference).toBeGreaterThan(0.7);
  expect(first?.pearson?.reference).toBeGreaterThan(0.75);
  expect(pairs.find(({ columns }) => columns.join(' ') === 'band other')?.measure).toBe('cramers_v');
  expect(pairs.find(({ columns }) => columns.join(' ') === 'x other')?.measure).toBe('correlation_ratio');
});

test('in 60 samples of the same world, of unequal size, no pair changes', () => {
  for (let seed = 10; seed < 70; seed++) {
    const pairs = finish(draw(seed, 1500, 0.5), draw(seed + 500, 320, 0.5));
    expect(pairs.filter(({ changed }) => changed)).toEqual([]);
  }
});

test('too few rows for as many categories, one value, and no rows are no verdict', () => {
  const many = (n: number) => ({ name: 'many', values: Array.from({ length: n }, (_, i) => `v${i % 30}`) });
  const flat = (n: number) => ({ name: 'flat', values: new Float64Array(n).fill(4) });
  const x = (n: number) => ({ name: 'x', values: Float64Array.from({ length: n }, (_, i) => (i * 7) % 97) });
  const none = (n: number) => ({ name: 'none', values: new Array<string | null>(n).fill(null) });
  const sides = (n: number) => [many(n), flat(n), x(n), none(n)];
  const statuses = finish(sides(5000), sides(400)).map(({ columns, status }) => [columns.join(' '), status]);
  expect(Object.fromEntries(statuses)).toEqual({
    'many flat': 'insufficient_data',
    'many x': 'insufficient_data',
    'many none': 'empty',
    'flat x': 'constant',
    'flat none': 'empty',
    'x none': 'empty',
  });
  for (const pair of finish(sides(5000), sides(400)))
    expect(pair).toMatchObject({ change: null, adjusted_p: null, changed: false });
});
