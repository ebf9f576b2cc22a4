import { binIndex, quantileEdges } from '@plumbline/stats';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ColumnarModel, PartRef } from './columnar.ts';
import { expectClose } from './testing/close-to.ts';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { type SampleEvent, sampleEvents, sampleStart } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

let open: OpenColumnar;
beforeAll(async () => {
  open = await openColumnar();
});
afterAll(() => open.close());

async function referenceOf(
  model: ColumnarModel,
  features: SampleEvent['event']['features'][],
): Promise<PartRef[]> {
  const rows = features.map(
    (values, i): SampleEvent => ({
      event: {
        prediction_id: `r-${i}`,
        prediction_ms: sampleStart,
        model_version: 'v1',
        environment: 'production',
        features: values,
      },
      actual: null,
    }),
  );
  return open.columnar.writeParts(model, await csvRows(open.incoming, rows));
}

const model: ColumnarModel = {
  id: 'bins',
  task: 'regression',
  positiveLabel: null,
  features: [
    { name: 'x', kind: 'numeric', ordinal: 0 },
    { name: 'c', kind: 'categorical', ordinal: 1 },
  ],
  tags: [],
};

test('every column of the sample gets the bins its values call for', async () => {
  const sample = sampleModel();
  const rows = sampleEvents(2000, 41);
  const binSet = await open.columnar.buildBinSet(
    sample,
    await open.columnar.writeParts(sample, await csvRows(open.incoming, rows)),
  );
  expect(binSet.columns.map(({ column, kind, bins }) => [column, kind, bins.layout])).toEqual([
    ['features.distance', 'numeric', 'numeric'],
    ['features.Origin', 'categorical', 'categorical'],
    ['features.origin', 'categorical', 'categorical'],
    ['features.__proto__', 'numeric', 'numeric'],
    ['features.a\'b".c/~\\ 😀', 'boolean', 'categorical'],
    ['features.weekday', 'numeric', 'discrete'],
    ['features.flat', 'numeric', 'discrete'],
    ['prediction_score', 'numeric', 'numeric'],
    ['prediction_label', 'categorical', 'categorical'],
    ['actual_label', 'categorical', 'categorical'],
  ]);
  const values = rows.flatMap(({ event }) =>
    typeof event.features.distance === 'number' ? event.features.distance : [],
  );
  const edges = quantileEdges(Float64Array.from(values).sort(), 20);
  expectClose(binSet.columns[0]?.bins, { layout: 'numeric', edges: [...(edges ?? [])] }, 1e-12);
});

test('one value is constant, two to twenty are discrete, no value leaves the column out', async () => {
  const layout = async (values: (number | null)[]) =>
    (
      await open.columnar.buildBinSet(
        model,
        await referenceOf(
          model,
          values.map((x) => ({ x })),
        ),
      )
    ).columns.map((c) => c.bins);
  expect(await layout([null, null])).toEqual([]);
  expect(await layout([7, null, 7])).toEqual([{ layout: 'constant', value: 7 }]);
  expect(await layout([-0, 0, 2.5])).toEqual([{ layout: 'discrete', values: [0, 2.5] }]);
  expect((await layout(Array.from({ length: 21 }, (_, i) => i)))[0]?.layout).toBe('numeric');
});

test('the 100 most frequent categories with a share of 0.1 % are kept, the others are rare', async () => {
  const counts = Array.from({ length: 130 }, (_, i): [string, number] => [
    `v${String(i).padStart(3, '0')}`,
    i < 110 ? 20 : 1,
  ]);
  const values = counts.flatMap(([c, n]) => Array.from({ length: n }, () => ({ c })));
  const [column] = (await open.columnar.buildBinSet(model, await referenceOf(model, values))).columns;
  expect(column?.bins).toEqual({
    layout: 'categorical',
    values: counts.slice(0, 100).map(([c]) => c),
    rare: counts.slice(100).map(([c]) => c),
  });
  const few = [...Array.from({ length: 2000 }, () => ({ c: 'b' })), { c: 'a' }];
  expect((await open.columnar.buildBinSet(model, await referenceOf(model, few))).columns[0]?.bins).toEqual({
    layout: 'categorical',
    values: ['b'],
    rare: ['a'],
  });
});

test('numbers fall into the bins that binIndex says, whatever their size', async () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -5, max: 5 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        number.map((x) => x + 0),
        { minLength: 2, maxLength: 21 },
      ),
      fc.array(
        number.map((x) => x + 0),
        { minLength: 1, maxLength: 30 },
      ),
      async (drawn, others) => {
        const edges = [...drawn].sort((a, b) => a - b);
        const values = [...others, ...edges];
        const parts = await referenceOf(
          model,
          values.map((x) => ({ x })),
        );
        const binSet = {
          columns: [
            { column: 'features.x', kind: 'numeric' as const, bins: { layout: 'numeric' as const, edges } },
          ],
        };
        const { columns } = await open.columnar.profile(model, binSet, parts, {});
        const wanted = new Array<number>(edges.length + 1).fill(0);
        for (const x of values) {
          const bin = binIndex(edges, x) ?? 0;
          wanted[bin] = (wanted[bin] ?? 0) + 1;
        }
        expect(columns['features.x']?.counts).toEqual(wanted);
        expect(columns['features.x']?.sums?.every(Number.isFinite)).toBe(true);
        expect(Number.isFinite(columns['features.x']?.m2)).toBe(true);
        await open.columnar.remove(parts.map((part) => part.path));
      },
    ),
    { numRuns: 40 },
  );
});
