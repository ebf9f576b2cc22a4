import { type DecisionRule, otherClass } from './derive-prediction.ts';
import type { PostedRow } from './posted-row.ts';

/**
 * Passes chunks on and, of a binary model, sets the rule's negative label to the first label of a chunk's rows that
 * is not the positive one, before the chunk's missing labels are derived.
 */
export async function* labelsIn(
  chunks: AsyncIterable<PostedRow[]> | Iterable<PostedRow[]>,
  rule: DecisionRule,
): AsyncGenerator<PostedRow[]> {
  for await (const rows of chunks) {
    if (rule.task === 'binary_classification' && rule.positiveLabel !== null) {
      rule.negativeLabel ??= firstNegative(rows, rule.positiveLabel);
    }
    yield rows;
  }
}

function firstNegative(rows: PostedRow[], positive: string): string | null {
  for (const posted of rows) {
    if ('fault' in posted || typeof posted.row !== 'object' || posted.row === null) continue;
    const { prediction_label, actual_label, prediction_scores } = posted.row as Record<string, unknown>;
    for (const label of [prediction_label, actual_label]) {
      if (typeof label === 'string' && label !== '' && label !== positive) return label;
    }
    if (typeof prediction_scores === 'object' && prediction_scores !== null) {
      const other = otherClass(prediction_scores as Record<string, number>, positive);
      if (other !== null) return other;
    }
  }
  return null;
}
