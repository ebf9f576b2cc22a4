import type { ErrorSpread } from '@plumbline/contracts';
import { clampSql, doubleLiteral } from './sql-text.ts';

/** Beyond it fourth powers and their sums overflow; a slot that holds such a value has no spread. */
const largest = 1e37;

/** Percentages are cut here, so that their squares can be summed. */
const largestShare = doubleLiteral(1e75);

const keys = ['slot', 'model_version', 'environment'];
const cut = (x: string) => clampSql(x, doubleLiteral(-largest), doubleLiteral(largest));

/** Rows of `selected` that have an error, with d = actual − mean actual of their slot. */
export const spreadRows = `(
  SELECT selected.*, ${cut('e')} AS c, ${cut('actual')} AS y, ${cut('actual - mean_actual')} AS d,
    CASE WHEN actual <> 0 THEN ${clampSql('abs(e) / abs(actual)', '0', largestShare)} END AS percentage,
    CASE WHEN abs(actual) + abs(actual + e) > 0 THEN 2 * abs(e) / (abs(actual) + abs(actual + e)) END AS symmetric_share
  FROM selected JOIN (
    SELECT ${keys.join(', ')}, favg(actual) AS mean_actual FROM selected WHERE e IS NOT NULL GROUP BY ALL
  ) means ON ${keys.map((key) => `selected.${key} IS NOT DISTINCT FROM means.${key}`).join(' AND ')}
  WHERE e IS NOT NULL)`;

const moment = (x: string) => `coalesce(var_pop(${x}) * count(${x}), 0)`;

/** Aggregates over {@link spreadRows}, in the order {@link readErrorSpread} takes them. */
export const spreadSums: string[] = [
  moment('c * c'),
  moment('percentage'),
  'fsum(d * d * d)',
  'fsum(d * d * d * d)',
  'fsum(c * c * d)',
  'fsum(c * c * d * d)',
  'fsum(abs(y))',
  moment('abs(y)'),
  'coalesce(covar_pop(abs(c), abs(y)) * count(*), 0)',
  'count(symmetric_share)',
  'coalesce(fsum(symmetric_share), 0)',
  moment('symmetric_share'),
  'max(greatest(abs(e), abs(actual)))',
];

/** The spread of one slot; `undefined` when it holds a value too large for it. */
export function readErrorSpread(number: (position: number) => number): ErrorSpread | undefined {
  if (!(number(12) <= largest)) return undefined;
  return {
    squaredM2: number(0),
    percentageM2: number(1),
    actualM3: number(2),
    actualM4: number(3),
    squaredActual: number(4),
    squaredActualM2: number(5),
    absoluteActualSum: number(6),
    absoluteActualM2: number(7),
    absoluteComoment: number(8),
    symmetricN: number(9),
    symmetricSum: number(10),
    symmetricM2: number(11),
  };
}
