import { type DerivedField, type StoredEvent, type Task, unknownNegativeLabel } from '@plumbline/contracts';

export interface DecisionRule {
  task: Task;
  positiveLabel: string | null;
  decisionThreshold: number | null;
  /** The other label of a binary model where it is known. */
  negativeLabel: string | null;
}

/**
 * Fills in what the event leaves out: of a binary event the score of the positive class from `prediction_scores`,
 * and the label: positive when score ≥ threshold (0.5 when the model sets none), else the only other class of its
 * `prediction_scores`, else the model's known negative label, else `other`. Of a multiclass event the most
 * probable class (the first one in order of names on a tie).
 */
export function derivePrediction(event: StoredEvent, rule: DecisionRule): void {
  if (rule.task === 'multiclass_classification') {
    if (event.prediction_label === undefined && event.prediction_scores) {
      const best = mostProbable(event.prediction_scores);
      if (best !== null) derive(event, 'prediction_label', best);
    }
    return;
  }
  if (rule.task !== 'binary_classification' || rule.positiveLabel === null) return;
  const positiveScore = event.prediction_scores?.[rule.positiveLabel];
  if (event.prediction_score === undefined && positiveScore !== undefined)
    derive(event, 'prediction_score', positiveScore);
  if (event.prediction_label !== undefined || event.prediction_score === undefined) return;
  const isPositive = event.prediction_score >= (rule.decisionThreshold ?? 0.5);
  const label = isPositive
    ? rule.positiveLabel
    : (otherClass(event.prediction_scores, rule.positiveLabel) ?? rule.negativeLabel ?? unknownNegativeLabel);
  derive(event, 'prediction_label', label);
}

function derive<F extends DerivedField>(event: StoredEvent, field: F, value: NonNullable<StoredEvent[F]>) {
  event[field] = value;
  event.derived = [...(event.derived ?? []), field];
}

function mostProbable(scores: Record<string, number>): string | null {
  let best: string | null = null;
  for (const name of Object.keys(scores).sort()) {
    if (best === null || (scores[name] ?? 0) > (scores[best] ?? 0)) best = name;
  }
  return best;
}

/** The class of a two-class score vector that is not the positive one. */
export function otherClass(scores: Record<string, number> | undefined, positive: string): string | null {
  if (!scores) return null;
  const others = Object.keys(scores).filter((name) => name !== positive);
  return others.length === 1 ? (others[0] ?? null) : null;
}
