/** A discrete distribution: weight `weights[i]` ≥ 0 (any scale) at position `values[i]`, in any order. */
export interface WeightedSample {
  values: ArrayLike<number>;
  weights: ArrayLike<number>;
}

interface Point {
  position: number;
  /** Reference share minus current share at this position. */
  step: number;
}

/**
 * Wasserstein-1 distance ∫|F−G|dx of two weighted discrete distributions, in the unit of the values.
 * Points of zero weight are ignored. `undefined` when a side has no weight, a negative or non-finite
 * weight, or a non-finite position that carries weight.
 */
export function weightedWasserstein(reference: WeightedSample, current: WeightedSample): number | undefined {
  const a = shares(reference, 1);
  const b = shares(current, -1);
  if (!a || !b) return undefined;
  const points = [...a, ...b].sort((left, right) => left.position - right.position);
  let distance = 0;
  let gap = 0;
  let previous = points[0]?.position ?? 0;
  for (const point of points) {
    distance += Math.abs(gap) * (point.position - previous);
    gap += point.step;
    previous = point.position;
  }
  return Number.isFinite(distance) ? distance : undefined;
}

function shares(sample: WeightedSample, sign: 1 | -1): Point[] | undefined {
  const points: Point[] = [];
  let total = 0;
  for (let i = 0; i < sample.values.length; i++) {
    const weight = sample.weights[i] ?? 0;
    const position = sample.values[i] ?? 0;
    if (weight === 0) continue;
    if (!(weight > 0) || !Number.isFinite(position)) return undefined;
    total += weight;
    points.push({ position, step: weight });
  }
  if (total === 0 || !Number.isFinite(total)) return undefined;
  for (const point of points) point.step *= sign / total;
  return points;
}
