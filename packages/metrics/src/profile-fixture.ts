import {
  type BinSetColumn,
  type ColumnProfile,
  type ErrorSizes,
  type ErrorSpread,
  errorBinsPerOctave,
  type PerformanceProfile,
  type Profile,
  type RankingProfile,
  scoreBins,
} from '@plumbline/contracts';
import { emptyColumnProfile } from './empty-profile.ts';

/** Ten thousand uniform reference values on [0, 1] in 20 quantile bins. */
export const numericColumn: BinSetColumn = {
  column: 'features.x',
  kind: 'numeric',
  bins: { layout: 'numeric', edges: Array.from({ length: 21 }, (_, i) => i / 20) },
};
export const discreteColumn: BinSetColumn = {
  column: 'features.hour',
  kind: 'numeric',
  bins: { layout: 'discrete', values: [0, 1, 2, 3] },
};
export const constantColumn: BinSetColumn = {
  column: 'features.version',
  kind: 'numeric',
  bins: { layout: 'constant', value: 7 },
};
export const categoricalColumn: BinSetColumn = {
  column: 'features.origin',
  kind: 'categorical',
  bins: { layout: 'categorical', values: ['ORD', 'LAX', 'JFK'], rare: ['XNA'] },
};

/** Profiles values as the columnar engine does; `null` is missing. */
export function profileColumn(
  column: BinSetColumn,
  values: readonly (number | string | null)[],
): ColumnProfile {
  const profile = emptyColumnProfile(column.bins);
  const present = values.filter((value) => value !== null);
  const unseen = new Map<string, number>();
  for (const value of present) {
    const bin = binOf(column, value);
    profile.counts[bin] = (profile.counts[bin] ?? 0) + 1;
    if (typeof value === 'number' && profile.sums) profile.sums[bin] = (profile.sums[bin] ?? 0) + value;
    if (column.bins.layout === 'categorical' && bin === column.bins.values.length + 1) {
      unseen.set(String(value), (unseen.get(String(value)) ?? 0) + 1);
    }
  }
  profile.n = present.length;
  profile.missing = values.length - present.length;
  if (profile.unseen) profile.unseen = [...unseen].map(([value, count]) => ({ value, count }));
  const numbers = present.filter((value) => typeof value === 'number');
  if (numbers.length > 0) {
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    profile.mean = mean;
    profile.m2 = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    profile.min = numbers.reduce((a, b) => Math.min(a, b));
    profile.max = numbers.reduce((a, b) => Math.max(a, b));
  }
  return profile;
}

function binOf({ bins }: BinSetColumn, value: number | string): number {
  switch (bins.layout) {
    case 'numeric': {
      const x = Number(value);
      const last = bins.edges.length - 1;
      if (x < (bins.edges[0] ?? 0)) return 0;
      if (x > (bins.edges[last] ?? 0)) return last + 1;
      return Math.min(last, bins.edges.filter((edge) => edge <= x).length);
    }
    case 'discrete': {
      const at = bins.values.indexOf(Number(value));
      return at < 0 ? bins.values.length : at;
    }
    case 'categorical': {
      const at = bins.values.indexOf(String(value));
      if (at >= 0) return at;
      return bins.values.length + (bins.rare.includes(String(value)) ? 0 : 1);
    }
    case 'constant':
      return value === bins.value ? 0 : 1;
  }
}

export function profileOf(
  events: number,
  columns: Record<string, ColumnProfile> = {},
  performance: PerformanceProfile = { labelled: 0 },
): Profile {
  return { events, columns, performance };
}

const total = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0);
const squaredDeviations = (values: readonly number[]) => {
  const mean = total(values) / values.length;
  return total(values.map((x) => (x - mean) ** 2));
};

/** Binary labels and scores, predicted positive from a score of 0.5 on. */
export function profileBinary(rows: readonly { score: number; isPositive: boolean }[]): PerformanceProfile {
  const bins = new Map<number, { bin: number; positives: number; negatives: number; scoreSum: number }>();
  const cells = new Map<string, { actual: string; predicted: string; count: number }>();
  const logLosses: number[] = [];
  const briers: number[] = [];
  for (const { score, isPositive } of rows) {
    const bin = Math.min(scoreBins - 1, Math.floor(score * scoreBins));
    const slot = bins.get(bin) ?? { bin, positives: 0, negatives: 0, scoreSum: 0 };
    slot[isPositive ? 'positives' : 'negatives'] += 1;
    slot.scoreSum += score;
    bins.set(bin, slot);
    const actual = isPositive ? 'late' : 'on_time';
    const predicted = score >= 0.5 ? 'late' : 'on_time';
    const cell = cells.get(actual + predicted) ?? { actual, predicted, count: 0 };
    cell.count += 1;
    cells.set(actual + predicted, cell);
    logLosses.push(-Math.log(isPositive ? score : 1 - score));
    briers.push((score - (isPositive ? 1 : 0)) ** 2);
  }
  return {
    labelled: rows.length,
    confusion: [...cells.values()],
    scores: {
      n: rows.length,
      bins: [...bins.values()].sort((a, b) => a.bin - b.bin),
      logLossSum: total(logLosses),
      brierSum: total(briers),
      spread: { logLossM2: squaredDeviations(logLosses), brierM2: squaredDeviations(briers) },
    },
  };
}

export function profileErrors(
  rows: readonly { prediction: number; actual: number }[],
): NonNullable<PerformanceProfile['errors']> {
  const n = rows.length;
  const errors = rows.map(({ prediction, actual }) => prediction - actual);
  const actuals = rows.map(({ actual }) => actual);
  const actualMean = total(actuals) / n;
  const percentages = rows.flatMap(({ prediction, actual }) =>
    actual === 0 ? [] : [Math.abs((prediction - actual) / actual)],
  );
  return {
    n,
    sum: total(errors),
    sumAbsolute: total(errors.map(Math.abs)),
    sumSquares: total(errors.map((e) => e * e)),
    percentageN: percentages.length,
    percentageSum: total(percentages),
    actualMean,
    actualM2: squaredDeviations(actuals),
    m2: squaredDeviations(errors),
    absoluteM2: squaredDeviations(errors.map(Math.abs)),
    spread: errorSpread(rows, actualMean, percentages),
    sizes: errorSizes(rows, actualMean),
  };
}

function errorSpread(
  rows: readonly { prediction: number; actual: number }[],
  actualMean: number,
  percentages: number[],
): ErrorSpread {
  const pairs = rows.map(({ prediction, actual }) => ({
    e: Math.abs(prediction - actual),
    d: actual - actualMean,
    size: Math.abs(actual),
    both: Math.abs(actual) + Math.abs(prediction),
  }));
  const sizes = pairs.map(({ size }) => size);
  const [meanError, meanSize] = [total(pairs.map(({ e }) => e)) / rows.length, total(sizes) / rows.length];
  const symmetric = pairs.flatMap(({ e, both }) => (both > 0 ? [(2 * e) / both] : []));
  return {
    squaredM2: squaredDeviations(pairs.map(({ e }) => e * e)),
    percentageM2: squaredDeviations(percentages),
    actualM3: total(pairs.map(({ d }) => d ** 3)),
    actualM4: total(pairs.map(({ d }) => d ** 4)),
    squaredActual: total(pairs.map(({ e, d }) => e * e * d)),
    squaredActualM2: total(pairs.map(({ e, d }) => (e * d) ** 2)),
    absoluteActualSum: total(sizes),
    absoluteActualM2: squaredDeviations(sizes),
    absoluteComoment: total(pairs.map(({ e, size }) => (e - meanError) * (size - meanSize))),
    symmetricN: symmetric.length,
    symmetricSum: total(symmetric),
    symmetricM2: squaredDeviations(symmetric),
  };
}

function errorSizes(rows: readonly { prediction: number; actual: number }[], actualMean: number): ErrorSizes {
  const errors = rows.map(({ prediction, actual }) => prediction - actual);
  const sizes = new Map<number, number>();
  for (const e of errors) {
    if (e === 0) continue;
    const bin = Math.floor(errorBinsPerOctave * Math.log2(Math.abs(e)));
    sizes.set(bin, (sizes.get(bin) ?? 0) + 1);
  }
  const sorted = [...sizes].sort(([a], [b]) => a - b);
  const logs = rows.flatMap(({ prediction, actual }) =>
    prediction < 0 || actual < 0 ? [] : [(Math.log1p(prediction) - Math.log1p(actual)) ** 2],
  );
  const ofActual = (power: number) =>
    total(rows.map(({ actual }, i) => (errors[i] ?? 0) * (actual - actualMean) ** power));
  return {
    zeros: errors.filter((e) => e === 0).length,
    bins: sorted.map(([bin]) => bin),
    counts: sorted.map(([, count]) => count),
    largest: errors.reduce((most, e) => Math.max(most, Math.abs(e)), 0),
    cubes: total(errors.map((e) => e ** 3)),
    actual: ofActual(1),
    actualSquares: ofActual(2),
    logN: logs.length,
    logSquareSum: total(logs),
    logSquareM2: logs.length > 0 ? squaredDeviations(logs) : 0,
  };
}

/** Ranked lists whose measures all have these values. */
export function profileLists(values: readonly number[]): RankingProfile {
  const measure = () => ({ sum: total(values), m2: values.length > 0 ? squaredDeviations(values) : 0 });
  return {
    lists: values.length,
    measures: {
      ndcg: measure(),
      map: measure(),
      mrr: measure(),
      hit_rate: measure(),
      precision_at_k: measure(),
      recall_at_k: measure(),
    },
  };
}

/** Uniform values on [0, 1], moved by `shift`; deterministic. */
export function spreadValues(n: number, shift = 0): number[] {
  return Array.from({ length: n }, (_, i) => (i + 0.5) / n + shift);
}
