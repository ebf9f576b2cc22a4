import { type SliceLineOptions, shapleyValues, sliceLine } from '@plumbline/stats';
import { type Compared, compared, readJson, type Versions } from './compared-fixture.ts';

interface Fixture {
  madeBy: Versions;
  slices: {
    codes: number[][];
    levels: number[];
    errors: number[];
    options: Omit<SliceLineOptions, 'maxCandidates'>;
    slices: { score: number }[];
  }[];
  shapley: { weights: number[]; background: number[][]; row: number[]; base: number; values: number[] }[];
}

function scoresOf({ codes, levels, errors, options }: Fixture['slices'][number]): number[] {
  const features = codes.map((ofRows, i) => ({ codes: Uint8Array.from(ofRows), levels: levels[i] ?? 0 }));
  const steps = sliceLine(
    { features, errors: Float64Array.from(errors) },
    { ...options, maxCandidates: 1_000_000 },
  );
  let step = steps.next(false);
  while (step.done !== true) step = steps.next(false);
  return step.value.slices.map(({ score }) => score);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Of the function that the fixture's script explains: linear, with one product and one sine. */
function shapleyOf({ weights, background, row }: Fixture['shapley'][number]): Float64Array | undefined {
  const explained = (x: number[]) =>
    sum(x.map((value, i) => value * (weights[i] ?? 0))) + (x[0] ?? 0) * (x.at(-1) ?? 0) + Math.sin(x[1] ?? 0);
  const mixed = (rest: number[], coalition: number) =>
    rest.map((value, i) => (coalition & (1 << i) ? (row[i] ?? 0) : value));
  return shapleyValues(
    row.length,
    (coalition) => sum(background.map((rest) => explained(mixed(rest, coalition)))) / background.length,
  );
}

/** The worst slices of random tables beside sliceline, and exact Shapley values beside shap. */
export function rootCauseMethods(): Compared[] {
  const { madeBy, slices, shapley } = readJson<Fixture>('stats/fixtures/root-cause.fixture.json');
  return [
    ...slices.flatMap((table) => {
      const own = scoresOf(table);
      const data = `${table.errors.length} rows of ${table.codes.length} features`;
      return table.slices.map(({ score }, i) =>
        compared(`SliceLine score, slice ${i + 1}`, data, own[i], score, `sliceline ${madeBy.sliceline}`),
      );
    }),
    ...shapley.flatMap((row) => {
      const own = shapleyOf(row);
      return row.values.map((value, i) =>
        compared(
          `Shapley value ${i + 1} of ${row.values.length}`,
          `base ${row.base.toPrecision(3)}`,
          own?.[i],
          value,
          `shap ${madeBy.shap}`,
        ),
      );
    }),
  ];
}
