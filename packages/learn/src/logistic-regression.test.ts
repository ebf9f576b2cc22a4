import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FeatureColumn } from './feature-column.ts';
import { type LogisticRegression, logisticRegressionSteps, predictLogistic } from './logistic-regression.ts';

const fixture = new URL('../fixtures/logistic.fixture.json', import.meta.url);
const known: { l2: number; columns: number[][]; target: number[]; weights: number[]; intercept: number } =
  JSON.parse(readFileSync(fixture, 'utf8'));
const numeric = (values: ArrayLike<number>, i: number): FeatureColumn => ({
  name: `x${i}`,
  kind: 'numeric',
  values: Float64Array.from(values),
});
const columns = known.columns.map(numeric);
const target = Float64Array.from(known.target);

function fit(
  inputs: FeatureColumn[],
  options: { l2?: number; iterations?: number } = {},
): LogisticRegression {
  const steps = logisticRegressionSteps(inputs, target, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

describe('logistic regression', () => {
  it("has the weights of scikit-learn's LogisticRegression with the same penalty", () => {
    const { intercept, columns: found } = fit(columns, { l2: known.l2, iterations: 1000 });
    expect(intercept).toBeCloseTo(known.intercept, 5);
    found.forEach(({ weight }, i) => {
      expect(weight).toBeCloseTo(known.weights[i] ?? 0, 5);
    });
  });

  it('has nearly converged after the steps it makes by default', () => {
    fit(columns).columns.forEach(({ weight }, i) => {
      expect(Math.abs(weight - (known.weights[i] ?? 0))).toBeLessThan(0.02);
    });
  });

  it('takes a missing number for the mean and gives a constant column no weight', () => {
    const model = fit([...columns, numeric(columns[0]?.values.map(() => 7) ?? [], 5)]);
    expect(model.columns.at(-1)?.weight).toBe(0);
    const row = (x: number) =>
      predictLogistic(
        model,
        model.columns.map(({ mean }, i) => numeric([i === 0 ? x : mean], i)),
      )[0];
    expect(row(Number.NaN)).toBe(row(model.columns[0]?.mean ?? 0));
    expect(row(3)).toBeGreaterThan(row(-3) ?? 1);
  });

  it('refuses categories and columns of other lengths', () => {
    const [first] = columns;
    if (!first) throw new Error('expected a column');
    expect(() => fit([{ ...first, kind: 'categorical' }])).toThrow(RangeError);
    expect(() => fit([numeric([1], 0)])).toThrow('expected 200 numbers of x0, got 1');
    expect(() => predictLogistic(fit(columns), [])).toThrow(RangeError);
  });
});
