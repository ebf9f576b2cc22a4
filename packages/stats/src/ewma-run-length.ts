import { normalCdf } from './normal-cdf.ts';

/** States that stand for the values of the average between its limits. */
const states = 101;

/** How far below 0, in deviations of the average, a one-sided chart is followed. */
const farBelow = 6;

/**
 * Average number of values until an {@link ewma} alarms on independent standard normal values: with `sides` = 1 of
 * rises, with 2 of rises or falls. By the Markov chain of Brook and Evans on 101 states between the limits.
 *
 * `weight` in (0, 1] and `width` > 0; `undefined` otherwise, and beyond 10¹² values.
 * Source: Brook & Evans (1972); Lucas & Saccucci (1990), "Exponentially Weighted Moving Average Control Schemes".
 */
export function ewmaRunLength({
  weight,
  width,
  sides,
}: {
  weight: number;
  width: number;
  sides: 1 | 2;
}): number | undefined {
  if (!(weight > 0 && weight <= 1 && width > 0)) return undefined;
  const deviation = Math.sqrt(weight / (2 - weight));
  const upper = width * deviation;
  const lower = sides === 2 ? -upper : -farBelow * deviation;
  const step = (upper - lower) / states;
  const centre = (i: number) => lower + (i + 0.5) * step;
  const chance = (from: number, to: number) => {
    const below = (edge: number) => normalCdf((edge - (1 - weight) * centre(from)) / weight) ?? 0;
    // A one-sided chart that is far below stays in its lowest state.
    const start = sides === 1 && to === 0 ? 0 : below(lower + to * step);
    return below(lower + (to + 1) * step) - start;
  };
  const rows = Array.from({ length: states }, (_, i) =>
    Float64Array.from({ length: states + 1 }, (_, j) =>
      j === states ? 1 : (i === j ? 1 : 0) - chance(i, j),
    ),
  );
  const lengths = solve(rows);
  const length = lengths[Math.floor((0 - lower) / step)];
  return length !== undefined && length > 0 && length < 1e12 ? length : undefined;
}

/** Gaussian elimination of rows [A | b] whose A is diagonally dominant; the rows are used up. */
function solve(rows: Float64Array[]): number[] {
  const size = rows.length;
  for (const [pivot, row] of rows.entries()) {
    const diagonal = row[pivot] ?? 0;
    for (const other of rows.slice(pivot + 1)) {
      const factor = (other[pivot] ?? 0) / diagonal;
      for (let j = pivot; j <= size; j++) other[j] = (other[j] ?? 0) - factor * (row[j] ?? 0);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const row = rows[i];
    if (!row) continue;
    let rest = row[size] ?? 0;
    for (let j = i + 1; j < size; j++) rest -= (row[j] ?? 0) * (solution[j] ?? 0);
    solution[i] = rest / (row[i] ?? 1);
  }
  return solution;
}
