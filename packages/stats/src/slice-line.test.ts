import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from './expect-close.ts';
import { compareSlices, type FoundSlice } from './found-slice.ts';
import { readFixture } from './read-fixture.ts';
import { type SliceLineOptions, type SliceLineResult, sliceLine } from './slice-line.ts';
import { sliceLineScore } from './slice-line-score.ts';
import type { SliceRows } from './slice-table.ts';

type Options = Omit<SliceLineOptions, 'maxCandidates'>;

const tableOf = (columns: readonly number[][], levels: readonly number[], errors: number[]): SliceRows => ({
  features: columns.map((codes, i) => ({ codes: Uint8Array.from(codes), levels: levels[i] ?? 0 })),
  errors: Float64Array.from(errors),
});

function search(data: SliceRows, options: Options, maxCandidates = 1e6): SliceLineResult {
  const steps = sliceLine(data, { ...options, maxCandidates });
  let step = steps.next(false);
  while (step.done !== true) step = steps.next(false);
  return step.value;
}

/** Every slice there is, those of the same rows as a slice with one predicate less left out. */
function everySlice({ features, errors }: SliceRows, options: Options): FoundSlice[] {
  const all: FoundSlice['items'][] = [[]];
  for (const [feature, { levels }] of features.entries())
    for (const items of [...all])
      for (let code = 0; code < levels; code++)
        if (items.length < options.maxLevel) all.push([...items, { feature, code }]);
  const rowsOf = (items: FoundSlice['items']) =>
    [...errors.keys()].filter((row) =>
      items.every(({ feature, code }) => features[feature]?.codes[row] === code),
    );
  const meanError = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const found = all.flatMap((items) => {
    const rows = rowsOf(items);
    const errorSum = rows.reduce((sum, row) => sum + (errors[row] ?? 0), 0);
    const isRedundant =
      items.length > 1 && items.some((_, i) => rowsOf(items.toSpliced(i, 1)).length === rows.length);
    if (items.length === 0 || rows.length < options.minSize || errorSum === 0 || isRedundant) return [];
    const maxError = Math.max(...rows.map((row) => errors[row] ?? 0));
    const sums = { size: rows.length, errorSum, maxError };
    return [{ items, ...sums, score: sliceLineScore({ ...options, rows: errors.length, meanError }, sums) }];
  });
  return found
    .filter(({ score }) => score > 0)
    .sort(compareSlices)
    .slice(0, options.k);
}

const named = (slices: readonly FoundSlice[]) =>
  slices.map(({ items, size }) => ({ items: items.map(({ feature, code }) => [feature, code]), size }));

describe('sliceLine', () => {
  test('the eight rows of the reference implementation', () => {
    const columns = [
      [1, 1, 1, 1, 1, 1, 2, 2],
      [1, 1, 1, 1, 2, 2, 1, 1],
      [1, 2, 3, 4, 5, 6, 7, 8],
      [3, 3, 3, 1, 3, 1, 2, 1],
    ];
    const data = tableOf(columns, [3, 3, 9, 4], [1, 1, 1, 1, 0, 0, 0, 0]);
    const { slices } = search(data, { alpha: 0.95, k: 2, maxLevel: 2, minSize: 1 });
    expect(named(slices)).toEqual([
      {
        items: [
          [0, 1],
          [1, 1],
        ],
        size: 4,
      },
      {
        items: [
          [1, 1],
          [3, 3],
        ],
        size: 3,
      },
    ]);
    expectClose(slices[0]?.score, 0.9, 1e-12);
    expectClose(slices[1]?.score, 0.8666666666666667, 1e-12);
    const scoring = { alpha: 0.95, minSize: 1, rows: 8, meanError: 0.5 };
    const scores = [
      [3, 3],
      [4, 3],
      [4, 4],
    ].map(([size = 0, errorSum = 0]) => sliceLineScore(scoring, { size, errorSum }));
    for (const [i, expected] of [0.8666667, 0.425, 0.9].entries()) expectClose(scores[i], expected, 1e-7);
  });

  const fixture = readFixture<{
    slices: {
      codes: number[][];
      levels: number[];
      errors: number[];
      options: Options;
      slices: { items: [number, number][]; size: number; errorSum: number; score: number }[];
    }[];
  }>('root-cause');

  test.each(fixture.slices)(
    'equals sliceline with $options',
    ({ codes, levels, errors, options, slices }) => {
      const found = search(tableOf(codes, levels, errors), options).slices;
      expect(named(found)).toEqual(slices.map(({ items, size }) => ({ items, size })));
      for (const [i, slice] of slices.entries()) {
        expectClose(found[i]?.score, slice.score, 1e-12);
        expectClose(found[i]?.errorSum, slice.errorSum, 1e-12);
      }
    },
  );

  test('finds what looking at every slice finds, on 100 random tables', () => {
    const error = fc.oneof(
      fc.constant(0),
      fc.constant(1),
      fc.integer({ min: 0, max: 40 }).map((e) => e / 8),
    );
    const tables = fc
      .record({ features: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 2, max: 40 }) })
      .chain(({ features, rows }) =>
        fc.record({
          columns: fc.array(fc.array(fc.nat(2), { minLength: rows, maxLength: rows }), {
            minLength: features,
            maxLength: features,
          }),
          errors: fc.array(error, { minLength: rows, maxLength: rows }),
          options: fc.record({
            alpha: fc.constantFrom(0.5, 0.6, 0.95, 1),
            minSize: fc.integer({ min: 1, max: 6 }),
            k: fc.integer({ min: 1, max: 6 }),
            maxLevel: fc.integer({ min: 1, max: 3 }),
          }),
        }),
      );
    fc.assert(
      fc.property(tables, ({ columns, errors, options }) => {
        const data = tableOf(
          columns,
          columns.map(() => 3),
          errors,
        );
        const { slices, isTruncated } = search(data, options);
        expect(isTruncated).toBe(false);
        expect(named(slices)).toEqual(named(everySlice(data, options)));
      }),
      { numRuns: 100 },
    );
  });

  test('says when it gave up, and keeps what it had', () => {
    const { codes, levels, errors, options } = fixture.slices[3] as (typeof fixture.slices)[number];
    const data = tableOf(codes, levels, errors);
    const cut = search(data, options, 5);
    expect(cut.isTruncated).toBe(true);
    expect(cut.slices.length).toBeGreaterThan(0);
    expect(cut.candidates).toBeLessThan(search(data, options).candidates);
  });

  test('nothing to find: no rows, no error, everybody alike', () => {
    const options = { alpha: 0.95, k: 3, maxLevel: 3, minSize: 1 };
    expect(search(tableOf([[]], [2], []), options).slices).toEqual([]);
    expect(search(tableOf([[0, 1]], [2], [0, 0]), options).slices).toEqual([]);
    expect(search(tableOf([[0, 0, 0]], [1], [1, 1, 1]), options).slices).toEqual([]);
  });

  test('yields on the way, so that a search can be stopped', () => {
    const rows = 50_000;
    const columns = [7, 11, 13, 17, 19].map((step) =>
      Array.from({ length: rows }, (_, i) => (i * step + (i >> 3)) % 10),
    );
    const errors = Array.from({ length: rows }, (_, i) => (i % 10 < 3 ? 1 : 0));
    const steps = sliceLine(
      tableOf(
        columns,
        columns.map(() => 10),
        errors,
      ),
      {
        alpha: 0.95,
        k: 10,
        maxLevel: 3,
        minSize: 100,
        maxCandidates: 1e6,
      },
    );
    expect(steps.next(false).done).toBe(false);
    expect(steps.next(true)).toMatchObject({ done: true, value: { isTruncated: true } });
  });
});
