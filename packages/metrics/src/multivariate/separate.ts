import {
  type FeatureColumn,
  featureGains,
  gradientBoostingSteps,
  logisticRegressionSteps,
  pickRows,
  predict,
  predictLogistic,
  stratifiedFolds,
} from '@plumbline/learn';
import { aucSamples, normalCdf } from '@plumbline/stats';

const folds = 5;
const boosting = { loss: 'logistic', trees: 50, bins: 64 } as const;

/** `trees`: gradient boosting, on any columns; `linear`: logistic regression, on many numbers that each tell a little. */
export type Learner = 'trees' | 'linear';

export interface Separation {
  /** Of reference rows against the others, over rows the classifier was not trained on. */
  auc: number;
  /** One-sided, of the Mann–Whitney statistic behind the AUC (normal approximation without correction for ties). */
  pValue: number;
  /** Shares of gain, largest first; only columns that separate. None of a linear learner. */
  features: { column: string; share: number }[];
}

/**
 * Learns to tell two sets of rows apart and measures how well it does: five stratified, shuffled folds, scores of the
 * held-out rows pooled. Yields after every tree or step; the outcome follows from rows and seed alone.
 * Both sides need at least five rows.
 */
export function* separate(
  reference: readonly FeatureColumn[],
  current: readonly FeatureColumn[],
  { seed, learner }: { seed: number; learner: Learner },
): Generator<void, Separation> {
  const before = reference[0]?.values.length ?? 0;
  const after = current[0]?.values.length ?? 0;
  const columns = reference.map(({ name, kind, values }, i) => {
    const both = new Float64Array(before + after);
    both.set(values);
    both.set(current[i]?.values ?? [], before);
    return { name, kind, values: both };
  });
  const target = new Float64Array(before + after).fill(1, before);
  const fold = stratifiedFolds(target, folds, seed);
  const scores = new Float64Array(target.length);
  const gains = new Map<string, number>();
  for (let held = 0; held < folds; held++) {
    const rows = [...fold.keys()];
    const trained = rows.filter((row) => fold[row] !== held);
    const asked = rows.filter((row) => fold[row] === held);
    const truth = Float64Array.from(trained, (row) => target[row] ?? 0);
    const learnt = yield* learn(learner, pickRows(columns, trained), truth, pickRows(columns, asked));
    learnt.scores.forEach((score, i) => {
      scores[asked[i] ?? 0] = score;
    });
    for (const { name, share } of learnt.gains) gains.set(name, (gains.get(name) ?? 0) + share / folds);
  }
  const auc =
    aucSamples(
      scores,
      Array.from(target, (y) => (y === 1 ? 1 : 0)),
    ) ?? 0.5;
  const z = (auc - 0.5) / Math.sqrt((before + after + 1) / (12 * before * after));
  const features = [...gains].map(([column, share]) => ({ column, share }));
  return {
    auc,
    pValue: normalCdf(-z) ?? 1,
    features: features.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share),
  };
}

function* learn(learner: Learner, trained: FeatureColumn[], truth: Float64Array, asked: FeatureColumn[]) {
  if (learner === 'linear') {
    const model = yield* logisticRegressionSteps(trained, truth);
    return { scores: predictLogistic(model, asked), gains: [] };
  }
  const model = yield* gradientBoostingSteps(trained, truth, boosting);
  return { scores: predict(model, asked), gains: featureGains(model) };
}
