import type { BinSetColumn, ColumnProfile } from '@plumbline/contracts';
import { quantileEdges, quantileSorted } from '@plumbline/stats';
import { describe, expect, it } from 'vitest';
import { profileColumn } from '../profile-fixture.ts';
import { drawCounts, type RandomNumbers, randomNumbers } from '../random-fixture.ts';
import { findMetric } from '../registry.ts';
import { nullDistance } from './null-distance.ts';

const probability = 0.99;
const repeats = 400;

function categorical(shares: number[]): { column: BinSetColumn; draw: Draw } {
  const values = shares.map((_, i) => `c${i}`);
  const column: BinSetColumn = {
    column: 'features.c',
    kind: 'categorical',
    bins: { layout: 'categorical', values, rare: [] },
  };
  const draw: Draw = (n, { uniform }) => ({
    n,
    missing: 0,
    counts: [...drawCounts(n, shares, uniform), 0, 0],
    unseen: [],
  });
  return { column, draw };
}

type Draw = (n: number, random: RandomNumbers) => ColumnProfile;

function numeric(value: (random: RandomNumbers) => number): { column: BinSetColumn; draw: Draw } {
  const random = randomNumbers(1);
  const sorted = Float64Array.from({ length: 20_000 }, () => value(random)).sort();
  const inner = [...(quantileEdges(sorted, 20) ?? [])].slice(1, -1);
  const column: BinSetColumn = {
    column: 'features.x',
    kind: 'numeric',
    bins: { layout: 'numeric', edges: [-1e9, ...inner, 1e9] },
  };
  const draw: Draw = (n, numbers) =>
    profileColumn(
      column,
      Array.from({ length: n }, () => value(numbers)),
    );
  return { column, draw };
}

const kinds = {
  normal: numeric(({ normal }) => normal()),
  uniform: numeric(({ uniform }) => uniform()),
  'log-normal': numeric(({ normal }) => Math.exp(normal())),
  'two categories': categorical([0.5, 0.5]),
  'ten categories': categorical(Array.from({ length: 10 }, () => 0.1)),
  'skewed categories': categorical([0.6, 0.2, 0.1, 0.05, 0.03, 0.02]),
};

describe.each(Object.entries(kinds))('the law of distances without drift, %s', (_kind, { column, draw }) => {
  const sizes = [
    [2000, 100],
    [7000, 500],
  ] as const;
  const metrics = ['psi', 'js_distance', 'hellinger', 'tvd', 'l_infinity', 'ks', 'wasserstein_normed'];
  const applicable = metrics.filter((metric) => findMetric(metric)?.column_kinds?.includes(column.kind));

  it.each(sizes)('is what simulations with %d and %d values show', (nReference, n) => {
    const random = randomNumbers(n);
    const values = new Map<string, { value: number; expected: number; upper: number }[]>();
    for (let i = 0; i < repeats; i++) {
      const [reference, current] = [draw(nReference, random), draw(n, random)];
      for (const metric of applicable) {
        const value = findMetric(metric)?.scoreColumn?.({ column, reference, current }).value;
        const law = nullDistance({ metric, column, reference, probability })?.(n);
        if (value == null || !law) throw new Error(`${metric} has no value`);
        values.set(metric, [...(values.get(metric) ?? []), { value, ...law }]);
      }
    }
    const mean = (numbers: number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    for (const [metric, draws] of values) {
      const seen = draws.map(({ value }) => value).sort((a, b) => a - b);
      // Their squares follow the law, so their mean squares are compared.
      const rms = ['js_distance', 'hellinger'].includes(metric);
      const average = rms ? Math.sqrt(mean(seen.map((x) => x * x))) : mean(seen);
      const beyond = draws.filter(({ value, upper }) => value > upper).length / repeats;
      const ratio = mean(draws.map(({ expected }) => expected)) / average;
      expect.soft(ratio, `${metric}: mean`).toBeGreaterThan(0.9);
      expect.soft(ratio, `${metric}: mean`).toBeLessThan(metric === 'ks' ? 1.3 : 1.15);
      const reach = mean(draws.map(({ upper }) => upper)) / (quantileSorted(seen, probability) ?? 0);
      expect.soft(reach, `${metric}: upper end`).toBeGreaterThan(0.8);
      expect.soft(reach, `${metric}: upper end`).toBeLessThan(1.25);
      expect.soft(beyond, `${metric}: share beyond`).toBeLessThan(0.045);
    }
  });
});
