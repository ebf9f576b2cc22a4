import type { SecondOpinion } from '@plumbline/contracts';
import { pooledGroups } from '@plumbline/stats';
import { countValues } from '../libraries/count-values.ts';
import { categoryTests } from './category-tests.ts';
import type { DistributionTest, Outcome } from './finding.ts';
import { rankTests } from './rank-tests.ts';
import { valueTests } from './value-tests.ts';

/** Different numbers up to which they are tested as categories too. */
const fewValues = 20;

/** Values of one column: numbers with NaN for what is missing, or texts with null. */
export type OpinionValues = Float64Array | readonly (string | null)[];

export interface OpinionSides {
  reference: OpinionValues;
  current: OpinionValues;
  /** Whether a side has more rows than are here. */
  isSampled: { reference: boolean; current: boolean };
}

/**
 * What every test that fits a column says of its two sides: tests of numbers; of categories, also for numbers of at most
 * 20 different values. Missing and infinite values are left out. Yields between tests and within long ones; the same
 * values give the same answer, permutations too.
 */
export function* secondOpinions({
  reference,
  current,
  isSampled,
}: OpinionSides): Generator<void, SecondOpinion[]> {
  const anySampled = isSampled.reference || isSampled.current;
  if (!(reference instanceof Float64Array) || !(current instanceof Float64Array))
    return yield* ofCategories(textsOf(reference), textsOf(current), anySampled);

  const numbers = { reference: reference.filter(Number.isFinite), current: current.filter(Number.isFinite) };
  const sides = { ...numbers, groups: pooledGroups(reference, current) };
  const rows = rowsOf(numbers.reference, numbers.current);
  const opinions: SecondOpinion[] = [];
  for (const test of [...rankTests, ...valueTests]) opinions.push(yield* ask(test, sides, rows, anySampled));
  if (sides.groups.values.length <= fewValues)
    opinions.push(...(yield* ofCategories([...numbers.reference], [...numbers.current], anySampled)));
  return opinions;
}

const textsOf = (values: OpinionValues): (string | number)[] => [...values].filter((value) => value !== null);

const rowsOf = (reference: ArrayLike<unknown>, current: ArrayLike<unknown>) => ({
  reference: reference.length,
  current: current.length,
});

function* ofCategories(
  reference: (string | number)[],
  current: (string | number)[],
  isSampled: boolean,
): Generator<void, SecondOpinion[]> {
  const counts = countValues(reference, current);
  const opinions: SecondOpinion[] = [];
  for (const test of categoryTests)
    opinions.push(yield* ask(test, counts, rowsOf(reference, current), isSampled));
  return opinions;
}

function* ask<Sides>(
  { test, title, measures, sensitiveTo, minN, run }: DistributionTest<Sides>,
  sides: Sides,
  rows: { reference: number; current: number },
  isSampled: boolean,
): Generator<void, SecondOpinion> {
  const fewest = Math.min(rows.reference, rows.current);
  const outcome: Outcome = fewest === 0 ? 'empty' : fewest < minN ? 'insufficient_data' : yield* run(sides);
  const base = { test, title, measures, sensitive_to: sensitiveTo };
  if (typeof outcome === 'string')
    return {
      ...base,
      value: null,
      p_value: null,
      p_bound: null,
      p_method: null,
      status: outcome,
      n_reference: rows.reference,
      n_current: rows.current,
      exactness: isSampled ? 'sampled' : 'exact',
    };
  const used = outcome.rows ?? rows;
  const isDrawn = used.reference < rows.reference || used.current < rows.current;
  return {
    ...base,
    value: outcome.value,
    p_value: outcome.p?.value ?? null,
    p_bound: outcome.p?.bound ?? null,
    p_method: outcome.p?.method ?? null,
    status: 'ok',
    n_reference: used.reference,
    n_current: used.current,
    exactness: isSampled || isDrawn ? 'sampled' : 'exact',
  };
}
