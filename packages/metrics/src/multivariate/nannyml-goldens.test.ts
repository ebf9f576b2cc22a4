import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { encodeSamples } from './encode-samples.ts';
import { finish } from './finish-fixture.ts';
import { reconstructionDrift } from './reconstruction-drift.ts';
import type { RowSample } from './row-sample.ts';
import { separate } from './separate.ts';

type Columns = Record<string, (number | string | boolean | null)[]>;

const file = new URL('../../fixtures/nannyml-goldens.fixture.json.gz', import.meta.url);
const {
  reconstruction,
  classifier,
}: {
  reconstruction: { columns: Columns; referenceRows: number };
  classifier: { reference: Columns; current: Columns };
} = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));

/** Rows [from, to) with numbers as numbers and all else as text. */
function rowsOf(columns: Columns, from: number, to: number): RowSample {
  const cut = Object.entries(columns).map(([name, all]) => {
    const values = all.slice(from, to);
    const isNumeric = values.some((value) => typeof value === 'number');
    return {
      name,
      values: isNumeric
        ? Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN))
        : values.map((value) => (value === null ? null : String(value))),
    };
  });
  const rows = cut[0]?.values.length ?? 0;
  return { rows, times: new Float64Array(rows), columns: cut };
}

it.each([
  ['of 5,000 rows', 5000, [0.79987, 0.8021, 0.8043, 0.73552, 0.76087]],
  [
    'of a tenth of the rows',
    2016,
    [0.78998, 0.80506, 0.82851, 0.79184, 0.79043, 0.79801, 0.81233, 0.75868, 0.72136, 0.75635],
  ],
])('the PCA reconstruction error of chunks %s is that of NannyML’s tests', (_, size, expected) => {
  const { columns, referenceRows } = reconstruction;
  const reference = rowsOf(columns, 0, referenceRows);
  const found = expected.map((_, i) => {
    const chunk = rowsOf(columns, i * size, (i + 1) * size);
    const [before = [], after = []] = encodeSamples([reference, chunk]);
    return reconstructionDrift({ reference: before, current: after, times: reference.times, windowMs: 1 });
  });
  expect(found[0]?.components).toBe(3);
  found.forEach(({ value }, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
  });
});

// Against 10,000 rows of the reference, as many as are drawn from a side, that are not in the chunk: NannyML's tests leave
// the rows of a reference chunk on both sides, where folds that are shuffled learn a row by its twin.
it.each([
  ['the first chunk of the reference', 'reference', 0, 0.502],
  ['the first chunk after it', 'current', 0, 0.9108],
  ['the second chunk after it', 'current', 5000, 0.9136],
] as const)('the AUC of a domain classifier on %s is about that of NannyML’s tests', (_, side, from, auc) => {
  const reference = rowsOf(classifier.reference, 5000, 15_000);
  const chunk = rowsOf(classifier[side], from, from + 5000);
  const [before = [], after = []] = encodeSamples([reference, chunk]);
  const found = finish(separate(before, after, { seed: 1, learner: 'trees' }));
  expect(Math.abs(found.auc - auc)).toBeLessThan(0.02);
  expect(found.auc > 0.65).toBe(auc > 0.65);
});
