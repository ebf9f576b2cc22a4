import type {
  BinSetColumn,
  Bins,
  ColumnProfile,
  DelayProfile,
  ErrorSpread,
  PerformanceProfile,
  PredictionProfile,
} from '@plumbline/contracts';
import { binIndex } from '@plumbline/stats';
import type { ColumnarModel } from '../columnar.ts';
import { plainClasses } from './plain-classes.ts';
import { plainErrorSizes } from './plain-error-sizes.ts';
import { plainValue } from './plain-events.ts';
import type { SampleEvent } from './sample-events.ts';

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const squares = (values: number[]) => values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0);

function plainBin(bins: Bins, value: string | number): number {
  if (bins.layout === 'categorical') {
    const at = bins.values.indexOf(String(value));
    if (at >= 0) return at;
    return bins.rare.includes(String(value)) ? bins.values.length : bins.values.length + 1;
  }
  const x = Number(value);
  if (bins.layout === 'constant') return x === bins.value ? 0 : 1;
  if (bins.layout === 'discrete') {
    const at = bins.values.indexOf(x);
    return at >= 0 ? at : bins.values.length;
  }
  return binIndex(bins.edges, x) ?? 0;
}

/** A column's profile, value by value. */
export function plainColumn(
  model: ColumnarModel,
  { column, bins }: BinSetColumn,
  rows: SampleEvent[],
): ColumnProfile {
  const values = rows.map((row) => plainValue(model, row, column)).filter((v) => v !== null);
  const length =
    bins.layout === 'constant'
      ? 2
      : bins.layout === 'numeric'
        ? bins.edges.length + 1
        : bins.values.length + (bins.layout === 'discrete' ? 1 : 2);
  const counts = new Array<number>(length).fill(0);
  const sums = new Array<number>(length).fill(0);
  const unseen = new Map<string, number>();
  for (const value of values) {
    const text = typeof value === 'boolean' ? String(value) : value;
    const bin = plainBin(bins, text);
    counts[bin] = (counts[bin] ?? 0) + 1;
    sums[bin] = (sums[bin] ?? 0) + Number(value);
    if (bin === length - 1) unseen.set(String(text), (unseen.get(String(text)) ?? 0) + 1);
  }
  const profile: ColumnProfile = { n: values.length, missing: rows.length - values.length, counts };
  if (bins.layout === 'categorical') {
    profile.unseen = [...unseen]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || Buffer.compare(Buffer.from(a.value), Buffer.from(b.value)))
      .slice(0, 10);
    return profile;
  }
  profile.sums = sums;
  if (values.length === 0) return profile;
  const numbers = values.map(Number);
  return {
    ...profile,
    mean: mean(numbers),
    m2: squares(numbers),
    min: Math.min(...numbers),
    max: Math.max(...numbers),
  };
}

const clip = (p: number) => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p));

/** Performance sums, event by event. */
export function plainPerformance(model: ColumnarModel, rows: SampleEvent[]): PerformanceProfile {
  const isRegression = model.task === 'regression';
  const labelled = rows.filter(
    (r) => (isRegression ? r.actual?.actual_score : r.actual?.actual_label) != null,
  );
  const performance: PerformanceProfile = { labelled: labelled.length, delays: plainDelays(labelled) };
  if (isRegression) return { ...performance, errors: plainErrors(labelled) };
  const confusion = new Map<string, number>();
  for (const { event, actual } of labelled) {
    if (event.prediction_label === undefined) continue;
    const key = JSON.stringify([actual?.actual_label, event.prediction_label]);
    confusion.set(key, (confusion.get(key) ?? 0) + 1);
  }
  performance.confusion = [...confusion]
    .map(([key, count]) => ({
      actual: String(JSON.parse(key)[0]),
      predicted: String(JSON.parse(key)[1]),
      count,
    }))
    .sort((a, b) => (a.actual + a.predicted < b.actual + b.predicted ? -1 : 1));
  if (model.task === 'multiclass_classification') {
    const scored = labelled.filter((r) => r.event.prediction_scores);
    const places = [0, 0, 0, 0, 0];
    performance.probabilities = { n: scored.length, logLossSum: 0, brierSum: 0, places };
    const losses: [number, number][] = [];
    for (const { event, actual } of scored) {
      const entries = Object.entries(event.prediction_scores ?? {});
      const total = entries.reduce((sum, [, p]) => sum + p, 0);
      const share = new Map(entries.map(([label, p]) => [label, p / total]));
      const given = event.prediction_scores?.[String(actual?.actual_label)];
      const place = given === undefined ? 0 : entries.filter(([, p]) => p >= given).length;
      if (place > 0 && place <= 5) places[place - 1] = (places[place - 1] ?? 0) + 1;
      const ofActual = share.get(String(actual?.actual_label)) ?? 0;
      const logLoss = -Math.log(clip(ofActual));
      performance.probabilities.logLossSum += logLoss;
      const squared = [...share].reduce(
        (sum, [l, p]) => sum + (p - (l === actual?.actual_label ? 1 : 0)) ** 2,
        0,
      );
      const brier = squared + (share.has(String(actual?.actual_label)) ? 0 : 1);
      performance.probabilities.brierSum += brier;
      losses.push([logLoss, brier]);
    }
    if (losses.length > 0) performance.probabilities.spread = plainSpread(losses);
    return { ...performance, classes: plainClasses(rows) };
  }
  const bins = new Map<number, { bin: number; positives: number; negatives: number; scoreSum: number }>();
  const losses: [number, number][] = [];
  const scores: NonNullable<PerformanceProfile['scores']> = { n: 0, bins: [], logLossSum: 0, brierSum: 0 };
  for (const { event, actual } of labelled) {
    const p = event.prediction_score;
    if (p === undefined) continue;
    const y = actual?.actual_label === model.positiveLabel ? 1 : 0;
    const bin = Math.min(999, Math.floor(p * 1000));
    const at = bins.get(bin) ?? { bin, positives: 0, negatives: 0, scoreSum: 0 };
    bins.set(bin, {
      bin,
      positives: at.positives + y,
      negatives: at.negatives + 1 - y,
      scoreSum: at.scoreSum + p,
    });
    scores.n += 1;
    scores.logLossSum -= Math.log(clip(y ? p : 1 - p));
    scores.brierSum += (p - y) ** 2;
    losses.push([-Math.log(clip(y ? p : 1 - p)), (p - y) ** 2]);
  }
  if (losses.length > 0) scores.spread = plainSpread(losses);
  scores.bins = [...bins.values()].sort((a, b) => a.bin - b.bin);
  return { ...performance, scores, predictions: plainPredictions(model, rows) };
}

function plainDelays(labelled: SampleEvent[]): DelayProfile {
  const counts = new Map<number, number>();
  for (const { event, actual } of labelled) {
    if (actual?.actual_ms == null) continue;
    const seconds = (actual.actual_ms - event.prediction_ms) / 1000;
    const bin = seconds < 1 ? 0 : Math.floor(8 * Math.log2(seconds)) + 1;
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return { bins: sorted.map(([bin]) => bin), counts: sorted.map(([, count]) => count) };
}

function plainPredictions(model: ColumnarModel, rows: SampleEvent[]): PredictionProfile {
  const sums = new Map<number, { count: number; scoreSum: number; positives: number }>();
  for (const { event } of rows) {
    const { prediction_score: score, prediction_label: label } = event;
    if (score === undefined || label === undefined) continue;
    const bin = Math.min(999, Math.floor(score * 1000));
    const at = sums.get(bin) ?? { count: 0, scoreSum: 0, positives: 0 };
    sums.set(bin, {
      count: at.count + 1,
      scoreSum: at.scoreSum + score,
      positives: at.positives + Number(label === model.positiveLabel),
    });
  }
  const sorted = [...sums].sort(([a], [b]) => a - b);
  return {
    bins: sorted.map(([bin]) => bin),
    counts: sorted.map(([, { count }]) => count),
    scoreSums: sorted.map(([, { scoreSum }]) => scoreSum),
    positives: sorted.map(([, { positives }]) => positives),
  };
}

const plainSpread = (losses: [number, number][]) => ({
  logLossM2: squares(losses.map(([logLoss]) => logLoss)),
  brierM2: squares(losses.map(([, brier]) => brier)),
});

function plainErrors(labelled: SampleEvent[]): NonNullable<PerformanceProfile['errors']> {
  const pairs = labelled.flatMap(({ event, actual }) =>
    event.prediction_score === undefined || actual?.actual_score == null
      ? []
      : [{ e: event.prediction_score - actual.actual_score, actual: actual.actual_score }],
  );
  const errors = pairs.map((p) => p.e);
  const nonZero = pairs.filter((p) => p.actual !== 0);
  return {
    n: pairs.length,
    sum: errors.reduce((a, b) => a + b, 0),
    sumAbsolute: errors.reduce((a, b) => a + Math.abs(b), 0),
    sumSquares: errors.reduce((a, b) => a + b * b, 0),
    percentageN: nonZero.length,
    percentageSum: nonZero.reduce((a, b) => a + Math.abs(b.e) / Math.abs(b.actual), 0),
    actualMean: mean(pairs.map((p) => p.actual)),
    actualM2: squares(pairs.map((p) => p.actual)),
    m2: squares(errors),
    absoluteM2: squares(errors.map(Math.abs)),
    spread: plainErrorSpread(pairs),
    sizes: plainErrorSizes(pairs),
  };
}

function plainErrorSpread(pairs: { e: number; actual: number }[]): ErrorSpread {
  const total = (of: (pair: { e: number; actual: number }) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0);
  const [centre, absolute, absoluteError] = [
    mean(pairs.map(({ actual }) => actual)),
    mean(pairs.map(({ actual }) => Math.abs(actual))),
    mean(pairs.map(({ e }) => Math.abs(e))),
  ];
  const symmetric = pairs.flatMap(({ e, actual }) => {
    const size = Math.abs(actual) + Math.abs(actual + e);
    return size > 0 ? [(2 * Math.abs(e)) / size] : [];
  });
  return {
    squaredM2: squares(pairs.map(({ e }) => e * e)),
    percentageM2: squares(
      pairs.filter(({ actual }) => actual !== 0).map(({ e, actual }) => Math.abs(e / actual)),
    ),
    actualM3: total(({ actual }) => (actual - centre) ** 3),
    actualM4: total(({ actual }) => (actual - centre) ** 4),
    squaredActual: total(({ e, actual }) => e * e * (actual - centre)),
    squaredActualM2: total(({ e, actual }) => (e * (actual - centre)) ** 2),
    absoluteActualSum: total(({ actual }) => Math.abs(actual)),
    absoluteActualM2: squares(pairs.map(({ actual }) => Math.abs(actual))),
    absoluteComoment: total(({ e, actual }) => (Math.abs(e) - absoluteError) * (Math.abs(actual) - absolute)),
    symmetricN: symmetric.length,
    symmetricSum: symmetric.reduce((sum, share) => sum + share, 0),
    symmetricM2: squares(symmetric),
  };
}
