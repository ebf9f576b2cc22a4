import { type Dimension, levelCount, type RowMeasure, type Task } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PartRef } from './columnar.ts';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { plainEvents, plainSelection, plainValue } from './testing/plain-events.ts';
import { random, type SampleEvent, sampleActual, sampleEvents } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

let open: OpenColumnar;
beforeAll(async () => {
  open = await openColumnar();
});
afterAll(() => open.close());

const dimensions: Dimension[] = [
  { field: 'features.distance', levels: { cuts: [0, 10, 20.5] } },
  { field: 'features.origin', levels: { values: ['ORD', '', 'x"y'] } },
  { field: 'features.weekday', levels: { values: [0, 3, 7] } },
  { field: `features.a'b".c/~\\ 😀`, levels: { values: [true, false] } },
  { field: 'tags.channel', levels: { values: ['web'] } },
  { field: 'model_version', levels: { values: ['v1'] } },
  { field: 'features.never', levels: { cuts: [1] } },
];
const selection = { filter: { field: 'features.weekday', op: 'lte' as const, value: 5 } };

function plainLevel(value: unknown, dimension: Dimension): number {
  const { levels } = dimension;
  if (value === null) return levelCount(dimension) - 1;
  if ('cuts' in levels) return levels.cuts.filter((cut) => cut <= Number(value)).length;
  const found = levels.values.indexOf(value as string);
  return found < 0 ? levels.values.length : found;
}

const measures: Record<string, RowMeasure[]> = {
  binary_classification: [
    'wrong',
    'correct',
    'labelled',
    'predicted_positive',
    'score',
    { missing: 'features.distance' },
  ],
  multiclass_classification: ['wrong'],
  regression: ['absolute_error', 'squared_error', 'error', 'score'],
};

describe.each<Task>(['binary_classification', 'multiclass_classification', 'regression'])('%s', (task) => {
  const model = sampleModel(task);
  const events = sampleEvents(2000, 41, task);
  const next = random(42);
  const actuals = events.slice(0, 1400).map(({ event }, i) => sampleActual(event, next, task, 60 + i));
  const rows = plainSelection(model, plainEvents(events, actuals), selection);
  let parts: PartRef[];
  beforeAll(async () => {
    parts = await open.columnar.writeParts(model, await csvRows(open.incoming, events, actuals));
  });

  /** The measure of a row, null where it has none. */
  function plainMeasure({ event, actual }: SampleEvent, measure: RowMeasure): number | null {
    if (typeof measure !== 'string') return event.features.distance == null ? 1 : 0;
    const { prediction_label: label = null, prediction_score: score = null } = event;
    if (measure === 'score') return score;
    if (measure === 'predicted_positive') return label === null ? null : Number(label === 'late');
    if (measure === 'labelled') return Number(actual?.actual_label != null);
    if (task === 'regression') {
      const error = score === null || actual?.actual_score == null ? null : score - actual.actual_score;
      if (error === null || measure === 'error') return error;
      return measure === 'squared_error' ? error * error : Math.abs(error);
    }
    if (label === null || actual?.actual_label == null) return null;
    const isBinary = task === 'binary_classification';
    const isRight = isBinary
      ? (label === 'late') === (actual.actual_label === 'late')
      : label === actual.actual_label;
    return Number(isRight === (measure === 'correct'));
  }

  test.each(measures[task] ?? [])(
    'counts, means and spreads of %j are those of the rows',
    async (measure) => {
      const counted = { dimensions, counting: { of: 'measure' as const, measure } };
      const found = await open.columnar.segments(model, parts, selection, counted);
      for (const [i, dimension] of dimensions.entries())
        for (let code = 0; code < levelCount(dimension); code++) {
          const members = rows.filter(
            (row) => plainLevel(plainValue(model, row, dimension.field), dimension) === code,
          );
          const values = members.map((row) => plainMeasure(row, measure)).filter((value) => value !== null);
          const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
          const m2 = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
          const segment = found[i]?.[code];
          expect([segment?.events, segment?.moments.n]).toEqual([members.length, values.length]);
          expect(segment?.moments.mean).toBeCloseTo(mean, 9);
          expect(segment?.moments.m2).toBeCloseTo(m2, 6);
        }
    },
  );

  test('rows come with the levels and the measure they have', async () => {
    const measure = task === 'regression' ? 'absolute_error' : 'wrong';
    const asked = { dimensions, measure, limit: 1e6 } as const;
    const found = await open.columnar.codedRows(model, parts, selection, asked);
    const wanted = rows.filter((row) => plainMeasure(row, measure) !== null);
    expect(found.rows).toBe(wanted.length);
    expect(found.measure.length).toBe(wanted.length);
    for (const [i, row] of wanted.entries()) {
      expect(found.measure[i]).toBeCloseTo(plainMeasure(row, measure) ?? 0, 9);
      const levels = dimensions.map((dimension) =>
        plainLevel(plainValue(model, row, dimension.field), dimension),
      );
      expect(found.codes.map((codes) => codes[i])).toEqual(levels);
    }
    const held = found.heldOut.reduce((sum, half) => sum + half, 0) / wanted.length;
    expect(held).toBeGreaterThan(0.4);
    expect(held).toBeLessThan(0.6);
  });
});

describe('of a binary model', () => {
  const model = sampleModel();
  const events = sampleEvents(3000, 43);
  let parts: PartRef[];
  let inThree: PartRef[];
  beforeAll(async () => {
    const write = async (from: number, to?: number) =>
      open.columnar.writeParts(model, await csvRows(open.incoming, events.slice(from, to)));
    parts = await write(0);
    inThree = [...(await write(0, 700)), ...(await write(700, 1500)), ...(await write(1500))];
  });
  const rows = plainEvents(events).filter(
    ({ event, actual }) => event.prediction_label && actual?.actual_label != null,
  );

  test('outcomes and score histograms are those of the rows', async () => {
    const outcomes = await open.columnar.segments(
      model,
      parts,
      {},
      { dimensions, counting: { of: 'outcomes' } },
    );
    const scores = await open.columnar.segments(model, parts, {}, { dimensions, counting: { of: 'scores' } });
    for (const [i, dimension] of dimensions.entries())
      for (let code = 0; code < levelCount(dimension); code++) {
        const members = rows.filter(
          (row) => plainLevel(plainValue(model, row, dimension.field), dimension) === code,
        );
        const count = (predicted: boolean, actual: boolean) =>
          members.filter(
            (row) =>
              (row.event.prediction_label === 'late') === predicted &&
              (row.actual?.actual_label === 'late') === actual,
          ).length;
        expect(outcomes[i]?.[code]?.outcomes).toEqual({
          tp: count(true, true),
          fp: count(true, false),
          fn: count(false, true),
          tn: count(false, false),
        });
        const histogram = new Float64Array(1000);
        for (const { event, actual } of plainEvents(events)) {
          const level = plainLevel(plainValue(model, { event, actual }, dimension.field), dimension);
          const { prediction_score: score } = event;
          if (level !== code || actual?.actual_label !== 'late' || score == null) continue;
          const bin = Math.min(999, Math.floor(score * 1000));
          histogram[bin] = (histogram[bin] ?? 0) + 1;
        }
        expect(scores[i]?.[code]?.positives).toEqual(histogram);
      }
  });

  test('a sample holds the same rows however the parts are cut, about as many as asked for', async () => {
    const asked = { dimensions: dimensions.slice(0, 2), measure: 'wrong', limit: 500 } as const;
    const drawn = await open.columnar.codedRows(model, parts, {}, asked);
    expect(drawn.rows).toBe(rows.length);
    expect(Math.abs(drawn.measure.length - 500)).toBeLessThan(80);
    expect(await open.columnar.codedRows(model, inThree, {}, asked)).toEqual(drawn);
  });
});

test('a question that is given up interrupts its statement', async () => {
  const model = sampleModel();
  const parts = await open.columnar.writeParts(model, await csvRows(open.incoming, sampleEvents(50, 44)));
  const gone = AbortSignal.abort();
  const asked = { dimensions, measure: 'wrong', limit: 10, signal: gone } as const;
  await expect(open.columnar.codedRows(model, parts, {}, asked)).rejects.toThrow(/abort/i);
  expect(
    (await open.columnar.codedRows(model, parts, {}, { ...asked, signal: new AbortController().signal }))
      .rows,
  ).toBeGreaterThan(0);
});
