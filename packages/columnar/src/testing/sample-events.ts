import type { StoredEvent, Task } from '@plumbline/contracts';

export interface SampleActual {
  prediction_id: string;
  predicted_ms: number;
  actual_label: string | null;
  actual_score: number | null;
  actual_ms: number | null;
  actual_seq: number;
}

export interface SampleEvent {
  event: StoredEvent;
  actual: SampleActual | null;
}

export const sampleStart = Date.UTC(2001, 0, 30);

/** mulberry32 */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function pick<T>(next: () => number, values: readonly T[]): T {
  const value = values[Math.floor(next() * values.length)];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
}

/** Events from `sampleStart` on, ten minutes apart on average, with nulls, absent fields and values on bin edges. */
export function sampleEvents(
  count: number,
  seed: number,
  task: Task = 'binary_classification',
): SampleEvent[] {
  const next = random(seed);
  let ms = sampleStart;
  return Array.from({ length: count }, (_, i) => {
    ms += Math.floor(next() * 1_200_000);
    return sampleEvent(`p-${seed}-${i}`, ms, next, task);
  });
}

function sampleEvent(id: string, ms: number, next: () => number, task: Task): SampleEvent {
  const features: [string, string | number | boolean | null][] = [
    ['distance', next() < 0.1 ? null : next() < 0.5 ? Math.floor(next() * 40) : next() * 40 - 2],
    ['Origin', pick(next, ['A', 'B', 'C'])],
    [
      'origin',
      next() < 0.05 ? null : pick(next, ['ORD', 'LAS', 'lax', 'é', '', 'x"y', `n${Math.floor(next() * 30)}`]),
    ],
    ['__proto__', next() * 1e6],
    [`a'b".c/~\\ 😀`, next() < 0.5],
    ['weekday', Math.floor(next() * 8)],
    ['note', pick(next, ['hello', 'line\nbreak', 'a,b'])],
    ['flat', next() < 0.05 ? 4 : 5],
  ];
  const event: StoredEvent = {
    prediction_id: id,
    prediction_ms: ms,
    model_version: pick(next, ['v1', 'v2']),
    environment: next() < 0.9 ? 'production' : 'validation',
    features: Object.fromEntries(features.filter(() => next() < 0.95)),
  };
  const labels = task === 'multiclass_classification' ? ['late', 'on_time', 'early'] : ['late', 'on_time'];
  const isNumeric = task === 'regression';
  if (next() < 0.95) event.prediction_score = isNumeric ? next() * 20 - 10 : Math.floor(next() * 1001) / 1000;
  if (!isNumeric && next() < 0.95) event.prediction_label = pick(next, labels);
  if (task === 'multiclass_classification' && next() < 0.9)
    event.prediction_scores = Object.fromEntries(
      labels.slice(0, 2 + Math.floor(next() * 2)).map((l) => [l, next()]),
    );
  if (next() < 0.8) event.tags = { channel: pick(next, ['web', 'app', '']), 'x.y': 'z' };
  if (next() < 0.3) event.shap_values = { distance: next() - 0.5, 'not a feature': 1 };
  if (next() < 0.1) event.embedding_features = { picture: { vector: [0.5, 1], data: 'text' } };
  const actual = next() < 0.4 ? sampleActual(event, next, task, Math.floor(next() * 50)) : null;
  return { event, actual };
}

/** An actual that may come with or without a time, or take a label back. */
export function sampleActual(event: StoredEvent, next: () => number, task: Task, seq: number): SampleActual {
  const isBack = next() < 0.1;
  const isNumeric = task === 'regression';
  const labels =
    task === 'multiclass_classification' ? ['late', 'on_time', 'early', 'other'] : ['late', 'on_time'];
  return {
    prediction_id: event.prediction_id,
    predicted_ms: event.prediction_ms,
    actual_label: isBack || isNumeric ? null : pick(next, labels),
    actual_score: isBack || !isNumeric ? null : next() < 0.1 ? 0 : next() * 20 - 10,
    actual_ms: next() < 0.3 ? null : event.prediction_ms + Math.floor(next() * 5) * 1000,
    actual_seq: seq,
  };
}
