import type { CorrelationPair } from '@plumbline/contracts';
import { benjaminiHochberg, fisherZDifference, spearmanVariance } from '@plumbline/stats';
import { type Association, associateColumns, measureOf } from './associate-columns.ts';
import { type CodedColumn, codeColumn, type DrawnColumn } from './coded-columns.ts';

/** A smaller change is none, however certain. */
export const smallestChange = 0.2;

/** After Benjamini–Hochberg over the pairs. */
export const significance = 0.05;

/** Fewest rows a side that have both values. */
const fewestRows = 30;

/** Rows are too few while chance alone gives a measure more than this: half of what counts as a change. */
const mostChance = 0.1;

type Pair = Omit<CorrelationPair, 'adjusted_p' | 'changed'>;

/**
 * How every pair of columns goes together in two samples of rows, and which pairs changed. Both samples have the same
 * columns in the same order. Stops after each pair, so that other work can be done in between.
 */
export function* correlationChanges(
  reference: readonly DrawnColumn[],
  current: readonly DrawnColumn[],
): Generator<void, CorrelationPair[]> {
  const coded = reference.map(({ name, values }, i) => ({
    name,
    ...codeColumn(values, current[i]?.values ?? []),
  }));
  const pairs: Pair[] = [];
  for (const [i, a] of coded.entries()) {
    for (const b of coded.slice(i + 1)) {
      pairs.push(comparePair(a, b));
      yield;
    }
  }
  const adjusted = benjaminiHochberg(pairs.map(({ p_value: p }) => p ?? undefined));
  return pairs.map((pair, i) => {
    const p = adjusted[i] ?? null;
    const isLarge = pair.change !== null && Math.abs(pair.change) >= smallestChange;
    return { ...pair, adjusted_p: p, changed: isLarge && p !== null && p < significance };
  });
}

interface Sides {
  name: string;
  reference: CodedColumn;
  current: CodedColumn;
}

function comparePair(a: Sides, b: Sides): Pair {
  const measure = measureOf(a.reference, b.reference);
  const reference = associateColumns(a.reference, b.reference);
  const current = associateColumns(a.current, b.current);
  const status = statusOf(reference, current);
  const known = {
    columns: [a.name, b.name] as [string, string],
    measure,
    n_reference: reference.n,
    n_current: current.n,
  };
  const pearson =
    measure === 'spearman' && status === 'ok'
      ? { reference: reference.pearson ?? null, current: current.pearson ?? null }
      : null;
  if (status !== 'ok' || reference.value === undefined || current.value === undefined)
    return { ...known, reference: null, current: null, change: null, p_value: null, pearson, status };
  const test = fisherZDifference(
    { value: reference.value, n: reference.n },
    { value: current.value, n: current.n },
    measure === 'spearman' ? spearmanVariance : 1,
  );
  return {
    ...known,
    reference: reference.value,
    current: current.value,
    change: current.value - reference.value,
    p_value: test?.pValue ?? null,
    pearson,
    status,
  };
}

function statusOf(reference: Association, current: Association): CorrelationPair['status'] {
  const sides = [reference, current];
  if (sides.some(({ n }) => n === 0)) return 'empty';
  if (sides.some(({ n, chance }) => n < fewestRows || chance > mostChance)) return 'insufficient_data';
  return sides.some(({ value }) => value === undefined) ? 'constant' : 'ok';
}
