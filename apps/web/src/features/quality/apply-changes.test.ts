import { type Expectation, expectationChanges, expectationSchema } from '@plumbline/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyChanges } from './apply-changes.ts';

const present = (column: string, mostly: number): Expectation =>
  expectationSchema.parse({ kind: 'present', column, parameters: { mostly } });
const suite = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(0.5, 1)), {
    selector: ([name]) => name,
  })
  .map((entries) => entries.map(([name, mostly]) => present(name, mostly)));

it('all changes from one list to another make it that other', () => {
  fc.assert(
    fc.property(suite, suite, (before, after) => {
      const made = applyChanges(before, expectationChanges(before, after));
      expect(expectationChanges(made, after)).toEqual([]);
    }),
    { seed: 5 },
  );
});

it('one change leaves the others as they are', () => {
  const before = [present('a', 0.5), present('b', 0.5)];
  const [change] = expectationChanges(before, [present('b', 0.5)]);
  expect(change?.change).toBe('removed');
  expect(applyChanges(before, change ? [change] : [])).toEqual([present('b', 0.5)]);
});
