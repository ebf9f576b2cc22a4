import { binomialSurvival } from '@plumbline/stats';
import type { Persistence } from './window-level.ts';

/** Largest share of false findings among the columns that one window finds changed. */
const falseDiscoveries = 0.05;

/** Chance alone may raise an alarm, among all columns together, in one of two hundred windows. */
const falseAlarms = 0.005;

/**
 * Is a change more than chance, given that all columns of the model are looked at? Either the window shows it alone:
 * Benjamini–Hochberg over its columns. Or the windows do together: the chance that as many of them as an alarm takes
 * are this unlikely, times the number of columns, is below one in two hundred.
 */
export function isSignificant(input: {
  pValue: number;
  /** After Benjamini–Hochberg over the columns of the window. */
  adjustedP: number;
  columns: number;
  persistence: Persistence;
}): boolean {
  const { pValue, adjustedP, columns, persistence } = input;
  if (adjustedP < falseDiscoveries) return true;
  return columns * binomialSurvival(persistence.breaches, persistence.of, pValue) < falseAlarms;
}
