import { type ErrorSizes, errorBinsPerOctave } from '@plumbline/contracts';
import { spreadRows } from './error-spread.ts';

const logSquare = `CASE WHEN actual >= 0 AND predicted >= 0 THEN pow(ln(1 + predicted) - ln(1 + actual), 2) END`;

/** Rows and aggregates of the sums of `ErrorSizes`, in the order {@link readErrorSizes} takes them. */
export const sizeSums = {
  rows: `(SELECT *, ${logSquare} AS log_square FROM ${spreadRows})`,
  numbers: [
    'count_if(e = 0)',
    'max(abs(e))',
    'fsum(c * c * c)',
    'fsum(c * d)',
    'fsum(c * d * d)',
    'count(log_square)',
    'coalesce(fsum(log_square), 0)',
    'coalesce(var_pop(log_square) * count(log_square), 0)',
  ],
};

/** Rows that missed, and the counts of one bin of their size. */
export const sizeBins = {
  rows: `(SELECT *, floor(log2(abs(e)) * ${errorBinsPerOctave}) AS size FROM selected WHERE e <> 0)`,
  numbers: ['size', 'count(*)'],
};

/** The sizes of errors of one slot, without their bins. */
export const readErrorSizes = (number: (position: number) => number): ErrorSizes => ({
  zeros: number(0),
  bins: [],
  counts: [],
  largest: number(1),
  cubes: number(2),
  actual: number(3),
  actualSquares: number(4),
  logN: number(5),
  logSquareSum: number(6),
  logSquareM2: number(7),
});
