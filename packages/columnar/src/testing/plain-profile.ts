import type { BinSetColumn, Bins, ColumnProfile, PerformanceProfile } from '@plumbline/contracts';
import { binIndex } from '@plumbline/stats';
import type { ColumnarModel } from '../columnar.ts';
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
  const performance: PerformanceProfile = { labelled: labelled.length };
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
    performance.probabilities = { n: scored.length, logLossSum: 0, brierSum: 0 };
    for (const { event, actual } of scored) {
      const entries = Object.entries(event.prediction_scores ?? {});
      const total = entries.reduce((sum, [, p]) => sum + p, 0);
      const share = new Map(entries.map(([label, p]) => [label, p / total]));
      const ofActual = share.get(String(actual?.actual_label)) ?? 0;
      performance.probabilities.logLossSum -= Math.log(clip(ofActual));
      const squared = [...share].reduce(
        (sum, [l, p]) => sum + (p - (l === actual?.actual_label ? 1 : 0)) ** 2,
        0,
      );
      performance.probabilities.brierSum += squared + (share.has(String(actual?.actual_label)) ? 0 : 1);
    }
    return performance;
  }
  const bins = new Map<number, { bin: number; positives: number; negatives: number; scoreSum: number }>();
  const scores = { n: 0, bins: [...bins.values()], logLossSum: 0, brierSum: 0 };
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
  }
  scores.bins = [...bins.values()].sort((a, b) => a.bin - b.bin);
  return { ...performance, scores };
}

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
  };
}
