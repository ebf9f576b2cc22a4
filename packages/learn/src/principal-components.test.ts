import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './create-random.ts';
import type { FeatureColumn } from './feature-column.ts';
import { pickRows } from './pick-rows.ts';
import { fitPrincipalComponents, reconstructionErrors } from './principal-components.ts';

const numeric = (name: string, values: ArrayLike<number>): FeatureColumn => ({
  name,
  kind: 'numeric',
  values: Float64Array.from(values),
});

/** `y` follows `x` up to a little noise; `z` is on its own. */
function table(rows: number, seed: number): FeatureColumn[] {
  const random = createRandom(seed);
  const draw = () => Float64Array.from({ length: rows }, () => random() + random() + random() - 1.5);
  const [x, noise, z] = [draw(), draw(), draw()];
  return [
    numeric('x', x),
    numeric(
      'y',
      x.map((value, i) => 3 * value + 0.1 * (noise[i] ?? 0)),
    ),
    numeric('z', z),
  ];
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('reconstruction from principal components', () => {
  const columns = table(500, 1);
  const components = fitPrincipalComponents(columns);
  if (!components) throw new Error('expected components');

  it('keeps the fewest directions that explain more than the asked share', () => {
    expect(components.kept).toBe(1);
    expect(components.explained).toBeGreaterThan(0.65);
    const all = fitPrincipalComponents(columns, 0.99);
    expect(all?.kept).toBe(2);
  });

  it('the mean squared error of the training rows is the variance not kept', () => {
    const squares = reconstructionErrors(components, columns).map((error) => error ** 2);
    expect(mean(squares)).toBeCloseTo((1 - components.explained) * components.columns.length, 9);
  });

  it('rises when columns no longer go together though each keeps its own distribution', () => {
    const [x, y, z] = columns;
    if (!x || !y || !z) throw new Error('expected three columns');
    const turned = [x, numeric('y', y.values.toReversed()), z];
    expect(mean(reconstructionErrors(components, turned))).toBeGreaterThan(
      1.2 * mean(reconstructionErrors(components, columns)),
    );
  });

  it('does not depend on units, signs or the order of columns', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.boolean(), (factor, flipped) => {
        const scaled = columns.map(({ name, values }) =>
          numeric(
            name,
            values.map((value) => 5 + (flipped ? -factor : factor) * value),
          ),
        );
        const again = fitPrincipalComponents(scaled.reverse());
        const errors = again && reconstructionErrors(again, scaled);
        for (const [row, error] of reconstructionErrors(components, columns).entries())
          expect(errors?.[row]).toBeCloseTo(error, 6);
      }),
      { numRuns: 20 },
    );
  });

  it('takes a missing number for the mean, a missing category for the commonest and an unseen one for no share', () => {
    const category: FeatureColumn = {
      name: 'c',
      kind: 'categorical',
      values: Float64Array.of(1, 1, 1, 2, 2, 3),
    };
    const known = [numeric('x', [1, 2, 3, 4, 5, 6]), category];
    const two = fitPrincipalComponents(known, 0);
    const errorOf = (x: number, code: number) =>
      two &&
      reconstructionErrors(two, [numeric('x', [x]), { ...category, values: Float64Array.of(code) }])[0];
    expect(errorOf(Number.NaN, 2)).toBe(errorOf(3.5, 2));
    expect(errorOf(2, Number.NaN)).toBe(errorOf(2, 1));
    expect(errorOf(2, 99)).not.toBe(errorOf(2, 3));
  });

  it('leaves columns that do not vary out, and needs two that do', () => {
    const constant = numeric('constant', new Float64Array(500).fill(1e9));
    const found = fitPrincipalComponents([...columns, constant]);
    expect(found?.columns.map(({ name }) => name)).toEqual(['x', 'y', 'z']);
    expect(fitPrincipalComponents([...columns.slice(0, 1), constant])).toBeUndefined();
    expect(fitPrincipalComponents(pickRows(columns, []))).toBeUndefined();
  });

  it('refuses rows without one of its columns', () => {
    expect(() => reconstructionErrors(components, columns.slice(1))).toThrow('expected a column x');
  });
});
