import { type BinSet, unknownNegativeLabel } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartRef } from './columnar.ts';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { type SampleEvent, sampleStart } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

const model = sampleModel('binary_classification');
let open: OpenColumnar;
let parts: PartRef[];
beforeAll(async () => {
  open = await openColumnar();
  const events = Array.from({ length: 40 }, (_, i): SampleEvent => {
    const isCalledLate = i % 4 === 0;
    const isLate = i % 10 === 0 ? !isCalledLate : isCalledLate;
    return {
      event: {
        prediction_id: `e-${i}`,
        prediction_ms: sampleStart + i,
        model_version: 'v1',
        environment: 'production',
        features: {},
        prediction_score: isCalledLate ? 0.9 : 0.1,
        prediction_label: isCalledLate ? 'late' : i % 3 === 0 ? 'on_time' : unknownNegativeLabel,
      },
      actual: {
        prediction_id: `e-${i}`,
        predicted_ms: sampleStart + i,
        actual_label: isLate ? 'late' : 'on_time',
        actual_score: null,
        actual_ms: null,
        actual_seq: 1,
      },
    };
  });
  parts = await open.columnar.writeParts(model, await csvRows(open.incoming, events));
});
afterAll(() => open.close());

describe('predictions stored before the negative class had a name', () => {
  it('are right in slices when the actual is not positive either', async () => {
    const { rows } = await open.columnar.slices(model, parts, {
      groupBy: ['environment'],
      metrics: ['accuracy'],
      orderBy: { key: 'volume', descending: true },
      minN: 0,
      limit: 10,
    });
    expect(rows[0]?.metrics.accuracy).toBeCloseTo(36 / 40, 12);
  });

  it.each([
    ['count as the one negative label of the reference', ['late', 'on_time'], [10, 30, 0, 0]],
    ['stay unseen when the reference has several', ['late', 'on_time', 'early'], [10, 10, 0, 0, 20]],
  ])('%s', async (_, values, counts) => {
    const binSet: BinSet = {
      columns: [
        {
          column: 'prediction_label',
          kind: 'categorical',
          bins: { layout: 'categorical', values, rare: [] },
        },
      ],
    };
    const { columns } = await open.columnar.profile(model, binSet, parts, {});
    expect(columns.prediction_label?.counts).toEqual(counts);
  });
});
