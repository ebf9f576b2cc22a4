import type { StoredActual } from '@plumbline/contracts';

/** One actual an id: the one with the latest time, those without a time first, the later posted one on a tie. */
export function keepLatestActuals(actuals: StoredActual[]): StoredActual[] {
  const latest = new Map<string, StoredActual>();
  const time = (actual: StoredActual) => actual.actual_ms ?? Number.NEGATIVE_INFINITY;
  for (const actual of actuals) {
    const before = latest.get(actual.prediction_id);
    if (!before || time(actual) >= time(before)) latest.set(actual.prediction_id, actual);
  }
  return [...latest.values()];
}
