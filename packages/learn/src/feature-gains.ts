import type { GradientBoosting } from './gradient-boosting.ts';

/** Each feature's share of the gain of all splits, in the order of the columns; all 0 when no tree split. */
export function featureGains(model: GradientBoosting): { name: string; share: number }[] {
  const gains = model.features.map(() => 0);
  for (const { feature, gain } of model.trees)
    feature.forEach((index, node) => {
      if (index >= 0) gains[index] = (gains[index] ?? 0) + (gain[node] ?? 0);
    });
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return model.features.map(({ name }, i) => ({ name, share: total > 0 ? (gains[i] ?? 0) / total : 0 }));
}
