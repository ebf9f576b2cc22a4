import type { DriftAnswer, Profile } from '@plumbline/contracts';
import { featureImportance, featureName } from './importance-shares.ts';
import { isFeature } from './test-columns.ts';

/** Largest Benjamini–Hochberg adjusted p-value at which a change is held to be more than chance. */
export const significance = 0.05;
/** Share of features from which on the table as a whole counts as drifted. */
const driftShare = 0.5;

export interface ColumnVerdict {
  /** Internal key. */
  column: string;
  /** Whether the primary distance has a value. */
  isJudged: boolean;
  drifted: boolean;
  /** The p-value of the column's test after Benjamini–Hochberg; undefined = not tested. */
  adjustedP: number | undefined;
}

/**
 * Drift of the features as a whole: the share of the judged ones that drifted, the same weighted by importance (mean
 * absolute attributions), and how many tests stay significant after Benjamini–Hochberg. Predictions, labels and features
 * that could not be judged do not count. The weighted share is null without attributions of at least 30 events, or
 * when no judged feature has any.
 */
export function datasetDrift(
  verdicts: readonly ColumnVerdict[],
  reference: Profile | null,
  current: Profile,
): DriftAnswer['dataset'] {
  const judged = verdicts.filter(({ column, isJudged }) => isJudged && isFeature(column));
  const drifted = judged.filter((verdict) => verdict.drifted);
  const share = judged.length > 0 ? drifted.length / judged.length : null;
  const importance = featureImportance(reference, current);
  const weigh = (of: readonly ColumnVerdict[]) =>
    of.reduce((sum, { column }) => sum + (importance?.shares.get(featureName(column)) ?? 0), 0);
  const total = weigh(judged);
  const tested = verdicts.filter(({ column, adjustedP }) => adjustedP !== undefined && isFeature(column));
  return {
    drifted_share: share,
    drifted_columns: drifted.length,
    columns: judged.length,
    drifted: share === null ? null : share >= driftShare,
    weighted_share: total > 0 ? Math.min(1, weigh(drifted) / total) : null,
    significant_columns:
      tested.length > 0 ? tested.filter(({ adjustedP = 1 }) => adjustedP < significance).length : null,
    importance_of: total > 0 ? (importance?.of ?? null) : null,
    status: judged.length > 0 ? 'ok' : shortageOf(reference, current),
  };
}

function shortageOf(reference: Profile | null, current: Profile) {
  if (!reference) return 'not_applicable';
  return current.events === 0 ? 'empty' : 'insufficient_data';
}
