import { readFileSync } from 'node:fs';
import { aucSamples } from '@plumbline/stats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureColumn } from './feature-column.ts';
import { featureGains } from './feature-gains.ts';
import { fitGradientBoosting } from './fit-gradient-boosting.ts';
import type { GradientBoosting, Loss } from './gradient-boosting.ts';
import { predict } from './predict.ts';

interface Case {
  title: string;
  loss: Loss;
  train: number;
  trees: number;
  kinds: FeatureColumn['kind'][];
  columns: (number | null)[][];
  target: number[];
  predictions: number[];
  quality: number;
}

const fixture = new URL('../fixtures/boosting.fixture.json', import.meta.url);
const { cases }: { cases: Case[] } = JSON.parse(readFileSync(fixture, 'utf8'));

const numeric = (name: string, values: ArrayLike<number>): FeatureColumn => ({
  name,
  kind: 'numeric',
  values: Float64Array.from(values),
});

function rowsOf(example: Case, from: number, to?: number): FeatureColumn[] {
  return example.columns.map((values, i) => ({
    name: `f${i}`,
    kind: example.kinds[i] ?? 'numeric',
    values: Float64Array.from(values.slice(from, to), (value) => value ?? Number.NaN),
  }));
}

function quality(loss: Loss, predictions: Float64Array, target: number[]): number {
  if (loss === 'logistic') return aucSamples(predictions, target as (0 | 1)[]) ?? 0;
  const mean = target.reduce((sum, y) => sum + y, 0) / target.length;
  const squares = (of: (row: number) => number) =>
    target.reduce((sum, y, row) => sum + (y - of(row)) ** 2, 0);
  return 1 - squares((row) => predictions[row] ?? 0) / squares(() => mean);
}

describe("against scikit-learn's HistGradientBoosting on the same rows", () => {
  const fitted = cases.map((example) => {
    const target = Float64Array.from(example.target.slice(0, example.train));
    const model = fitGradientBoosting(rowsOf(example, 0, example.train), target, example);
    return { example, model, predictions: predict(model, rowsOf(example, example.train)) };
  });

  it.each(fitted)('$example.title: the quality on new rows is within 0.01', ({ example, predictions }) => {
    const found = quality(example.loss, predictions, example.target.slice(example.train));
    expect(Math.abs(found - example.quality)).toBeLessThan(0.01);
  });

  it('the predicted means of rows without missing values are the same to 6 digits', () => {
    const [first] = fitted;
    for (const [row, value] of first?.example.predictions.entries() ?? [])
      expect(first?.predictions[row]).toBeCloseTo(value, 5);
  });

  it.each(fitted)('$example.title: a model stored as JSON predicts the same', (one) => {
    const stored: GradientBoosting = JSON.parse(JSON.stringify(one.model));
    expect(predict(stored, rowsOf(one.example, one.example.train))).toEqual(one.predictions);
  });

  it.each(fitted)('$example.title: shares of gain add up to 1', ({ model }) => {
    const total = featureGains(model).reduce((sum, { share }) => sum + share, 0);
    expect(total).toBeCloseTo(1, 9);
  });
});

describe('what it learns from', () => {
  const rows = 400;
  const index = Float64Array.from({ length: rows }, (_, row) => row);
  const options = { loss: 'squared', trees: 20 } as const;

  it('values that are missing more often when the target is high', () => {
    const column = numeric(
      'sparse',
      index.map((row) => (row % 4 === 0 ? Number.NaN : row % 7)),
    );
    const target = index.map((row) => (row % 4 === 0 ? 5 : 0));
    const model = fitGradientBoosting([column], target, { ...options, trees: 100 });
    const [missing, present] = predict(model, [numeric('sparse', [Number.NaN, 3])]);
    expect(missing).toBeCloseTo(5, 2);
    expect(present).toBeCloseTo(0, 2);
  });

  it('categories, whatever numbers stand for them, and takes one never seen for missing', () => {
    const codes = index.map((row) => (row * 7) % 5);
    const target = codes.map((code) => (code === 1 || code === 4 ? 1 : 0));
    const learn = (name: (code: number) => number) => {
      const column = { name: 'kind', kind: 'categorical' as const, values: codes.map(name) };
      const model = fitGradientBoosting([column], target, { loss: 'logistic', trees: 20 });
      const asked = Float64Array.from([0, 1, 2, 3, 4], name);
      const other = Float64Array.from([77, Number.NaN]);
      return [asked, other].map((values) => predict(model, [{ ...column, values }]));
    };
    const [known, [unseen, missing] = []] = learn((code) => code);
    expect([...(known ?? [])].map(Math.round)).toEqual([0, 1, 0, 0, 1]);
    expect(unseen).toBe(missing);
    expect(learn((code) => (3 * code + 2) % 5)[0]).toEqual(known);
  });

  it('nothing in a column that is constant, missing or of categories too rare to split', () => {
    const columns = [
      numeric(
        'constant',
        index.map(() => 3),
      ),
      numeric(
        'missing',
        index.map(() => Number.NaN),
      ),
      { name: 'id', kind: 'categorical' as const, values: index },
    ];
    const model = fitGradientBoosting(columns, index, options);
    expect(featureGains(model).map(({ share }) => share)).toEqual([0, 0, 0]);
    expect(new Set(predict(model, columns))).toEqual(new Set([(rows - 1) / 2]));
  });

  it('a constant target, which it predicts', () => {
    for (const loss of ['squared', 'logistic'] as const) {
      const model = fitGradientBoosting(
        [numeric('x', index)],
        index.map(() => 1),
        { loss, trees: 5 },
      );
      expect(predict(model, [numeric('x', [3])])[0]).toBeCloseTo(1, 6);
    }
  });

  it('the order of numbers alone: a growing map of few distinct values changes no prediction', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 60, maxLength: 120 }), (values) => {
        const target = Float64Array.from(values, (value, row) => (value + (row % 3) > 15 ? 1 : 0));
        const [plain, mapped] = [values, values.map((value) => Math.exp(value / 5))].map((column) => {
          const x = numeric('x', column);
          return predict(fitGradientBoosting([x], target, { loss: 'logistic', trees: 5, leafRows: 5 }), [x]);
        });
        expect(mapped).toEqual(plain);
      }),
      { numRuns: 30 },
    );
  });
});

it.each<[string, FeatureColumn[], number[], object]>([
  ['no rows', [], [], {}],
  ['a column of another length', [numeric('x', [1])], [1, 2], {}],
  ['a target that is not finite', [numeric('x', [1])], [Number.NaN], {}],
  ['a class beside 0 and 1', [numeric('x', [1])], [2], { loss: 'logistic' }],
  ['256 bins', [numeric('x', [1])], [1], { bins: 256 }],
])('refuses %s', (_, columns, target, options) => {
  const fit = () => fitGradientBoosting(columns, Float64Array.from(target), { loss: 'squared', ...options });
  expect(fit).toThrow(RangeError);
});

it('refuses to predict from other columns than it was trained on', () => {
  const model = fitGradientBoosting([numeric('x', [1, 2])], Float64Array.of(1, 2), { loss: 'squared' });
  expect(() => predict(model, [])).toThrow('expected 1 columns, got 0');
  expect(() => predict(model, [numeric('y', [1])])).toThrow('expected numeric x, got numeric y');
});
