import { randomNumbers } from '../random-fixture.ts';

interface LossWorld {
  /** Moves the driving feature: data drift. */
  shift?: number;
  /** Adds this to every actual, whatever the features are: concept drift. */
  forgotten?: number;
}

/**
 * Trips whose error grows with the distance and is larger from one origin: the prediction is right on average. Actual =
 * 20 + 10 · distance + error.
 */
export function drawTrips(seed: number, n: number, { shift = 0, forgotten = 0 }: LossWorld = {}) {
  const { normal, uniform } = randomNumbers(seed);
  const distance = Float64Array.from({ length: n }, () => 2 + shift + normal());
  const origin = Array.from({ length: n }, () => (uniform() < 0.3 ? 'ORD' : uniform() < 0.1 ? null : 'LAS'));
  const predictions = distance.map((value) => 20 + 10 * value);
  const actuals = predictions.map((value, i) => {
    const spread = (1 + Math.max(0, distance[i] ?? 0)) * (origin[i] === 'ORD' ? 2 : 1);
    return value + spread * normal() + forgotten;
  });
  const times = Float64Array.from({ length: n }, (_, i) => i * 1000);
  const columns = [
    { name: 'features.distance', values: distance },
    { name: 'features.origin', values: origin },
    { name: 'prediction_score', values: predictions },
  ];
  return { times, columns, predictions, actuals };
}
