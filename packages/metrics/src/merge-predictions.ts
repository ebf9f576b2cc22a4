import type { PredictionProfile, Profile } from '@plumbline/contracts';

/** Predictions of all events of profiles; undefined when a profile with events does not have them. */
export function mergePredictions(profiles: readonly Profile[]): PredictionProfile | undefined {
  const parts: PredictionProfile[] = [];
  for (const { events, performance } of profiles) {
    if (performance.predictions) parts.push(performance.predictions);
    else if (events > 0) return undefined;
  }
  if (parts.length === 0) return undefined;
  const merged = new Map<number, { count: number; scoreSum: number; positives: number }>();
  for (const { bins, counts, scoreSums, positives } of parts) {
    for (const [i, bin] of bins.entries()) {
      const known = merged.get(bin) ?? { count: 0, scoreSum: 0, positives: 0 };
      known.count += counts[i] ?? 0;
      known.scoreSum += scoreSums[i] ?? 0;
      known.positives += positives[i] ?? 0;
      merged.set(bin, known);
    }
  }
  const rows = [...merged].sort(([a], [b]) => a - b);
  return {
    bins: rows.map(([bin]) => bin),
    counts: rows.map(([, { count }]) => count),
    scoreSums: rows.map(([, { scoreSum }]) => scoreSum),
    positives: rows.map(([, row]) => row.positives),
  };
}
