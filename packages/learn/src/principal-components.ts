import { EigenvalueDecomposition } from 'ml-matrix';
import type { FeatureColumn } from './feature-column.ts';
import { learnStandardisation, type Standardisation, standardise } from './standardised-columns.ts';

/** Principal components of standardised columns, as plain data. */
export interface PrincipalComponents {
  /** The columns that vary; the others are left out. */
  columns: Standardisation[];
  /** Number of directions kept. */
  kept: number;
  /** Share of the variance that those explain. */
  explained: number;
  /** The directions not kept, as unit vectors over `columns`. */
  residual: number[][];
}

/**
 * Principal component analysis of the rows, keeping the fewest directions that together explain more than `share` of the
 * variance. Undefined when fewer than two columns vary: there is no structure between columns to keep.
 */
export function fitPrincipalComponents(
  columns: readonly FeatureColumn[],
  share = 0.65,
): PrincipalComponents | undefined {
  const varying = columns.flatMap((column) => {
    const how = learnStandardisation(column);
    return how ? [{ how, values: standardise(how, column.values) }] : [];
  });
  if (varying.length < 2) return undefined;
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    correlations(varying.map(({ values }) => values)),
    { assumeSymmetric: true },
  );
  const order = realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0));
  const total = realEigenvalues.reduce((sum, value) => sum + value, 0);
  let kept = 0;
  let explained = 0;
  while (kept < order.length && explained <= share)
    explained += (realEigenvalues[order[kept++] ?? 0] ?? 0) / total;
  return {
    columns: varying.map(({ how }) => how),
    kept,
    explained: Math.min(1, explained),
    residual: order.slice(kept).map((column) => eigenvectorMatrix.getColumn(column)),
  };
}

/**
 * Each row's distance from its reconstruction, ‖z − ẑ‖₂: what is left of the standardised row after the kept directions.
 * The columns are found by name; throws RangeError when one is not there.
 */
export function reconstructionErrors(
  { columns: standardisations, residual }: PrincipalComponents,
  columns: readonly FeatureColumn[],
): Float64Array {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const values = standardisations.map((how) => {
    const column = byName.get(how.name);
    if (!column) throw new RangeError(`expected a column ${how.name}`);
    return standardise(how, column.values);
  });
  const errors = new Float64Array(values[0]?.length ?? 0);
  for (const direction of residual)
    for (let row = 0; row < errors.length; row++) {
      let along = 0;
      for (let i = 0; i < direction.length; i++)
        along += (direction[i] as number) * (values[i]?.[row] as number);
      errors[row] = (errors[row] as number) + along * along;
    }
  return errors.map(Math.sqrt);
}

function correlations(columns: Float64Array[]): number[][] {
  const matrix = columns.map(() => columns.map(() => 1));
  columns.forEach((a, i) => {
    for (let j = 0; j < i; j++) {
      const b = columns[j] ?? a;
      let sum = 0;
      for (let row = 0; row < a.length; row++) sum += (a[row] as number) * (b[row] as number);
      for (const [x, y] of [
        [i, j],
        [j, i],
      ] as const) {
        const line = matrix[x];
        if (line) line[y] = sum / a.length;
      }
    }
  });
  return matrix;
}
