import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stratifiedFolds } from './stratified-folds.ts';

const target = fc
  .array(fc.constantFrom(0, 1), { minLength: 10, maxLength: 200 })
  .map((y) => Float64Array.from(y));

test('every fold holds the same share of every class to within one row', () => {
  fc.assert(
    fc.property(target, fc.integer({ min: 2, max: 5 }), fc.integer(), (y, folds, seed) => {
      const fold = stratifiedFolds(y, folds, seed);
      for (const value of [0, 1]) {
        const sizes = Array.from({ length: folds }, (_, i) =>
          y.reduce((rows, found, row) => rows + (found === value && fold[row] === i ? 1 : 0), 0),
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('the folds follow from the seed, and another seed draws others', () => {
  const y = new Float64Array(100).fill(1);
  expect(stratifiedFolds(y, 5, 7)).toEqual(stratifiedFolds(y, 5, 7));
  expect(stratifiedFolds(y, 5, 7)).not.toEqual(stratifiedFolds(y, 5, 8));
});
