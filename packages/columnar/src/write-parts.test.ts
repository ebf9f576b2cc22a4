import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureKind } from '@plumbline/contracts';
import { nameSchema } from '@plumbline/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ColumnarModel } from './columnar.ts';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { plainValue } from './testing/plain-events.ts';
import { type SampleEvent, sampleEvents, sampleStart } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

let open: OpenColumnar;
beforeAll(async () => {
  open = await openColumnar();
});
afterAll(() => open.close());

const model = sampleModel();

test('parts hold one UTC month each, say what they hold and leave nothing else behind', async () => {
  const events = sampleEvents(2000, 21);
  const parts = await open.columnar.writeParts(model, await csvRows(open.incoming, events));
  const month = (part: number) =>
    events.filter(({ event }) => new Date(event.prediction_ms).getUTCMonth() === part);
  expect(parts.map(({ kind, rows, minMs, maxMs }) => ({ kind, rows, minMs, maxMs }))).toEqual(
    [month(0), month(1)].map((rows) => {
      const times = rows.map(({ event }) => event.prediction_ms);
      return { kind: 'events', rows: rows.length, minMs: Math.min(...times), maxMs: Math.max(...times) };
    }),
  );
  expect(await readdir(join(open.root, 'model-1', 'events'))).toEqual(
    parts.map((part) => `${part.id}.parquet`).sort(),
  );
  const [temporary = ''] = await readdir(join(open.root, 'temporary'));
  expect(await readdir(join(open.root, 'temporary', temporary))).toEqual([]);
  const hours = events.map(({ event }) => event.prediction_ms - (event.prediction_ms % 3_600_000));
  expect(await open.columnar.touchedHours(parts)).toEqual([...new Set(hours)].sort((a, b) => a - b));
  await open.columnar.remove(parts.map((part) => part.path));
  expect(await readdir(join(open.root, 'model-1', 'events'))).toEqual([]);
});

test('rows that are missing from a file are an error', async () => {
  const rows = await csvRows(open.incoming, sampleEvents(10, 22));
  await expect(open.columnar.writeParts(model, { ...rows, events: 11 })).rejects.toThrow('expected 11 rows');
});

const awkwardIds = ['\u0001', '\u0002a', 'a\nb', 'c"d,\r\n', 'e\rf', '\r', '\u0001\u0001\u0002', '\t'];

test.for(awkwardIds)(
  'ids come back whatever separators and line breaks they hold, %j in the first row',
  async (first) => {
    const ids = [first, ...awkwardIds.filter((id) => id !== first)];
    const events = ids.map((id) => eventWith(id, { origin: id }));
    const parts = await open.columnar.writeParts(model, await csvRows(open.incoming, events));
    const found = await open.columnar.listEvents(model, parts, { limit: 10 });
    expect(found.map((row) => row.prediction_id).sort()).toEqual(ids.toSorted());
    expect(found.every((row) => row.features.origin === row.prediction_id)).toBe(true);
  },
);

test('a feature added later reads as null in older parts, also when no part has it', async () => {
  const events = sampleEvents(20, 23);
  const older = { ...model, features: model.features.filter((feature) => feature.name !== 'distance') };
  const parts = await open.columnar.writeParts(older, await csvRows(open.incoming, events));
  const read = async (from = parts) =>
    (await open.columnar.listEvents(model, from, { limit: 100 })).map((r) => r.features.distance);
  expect(new Set(await read())).toEqual(new Set([null]));
  const both = [...parts, ...(await open.columnar.writeParts(model, await csvRows(open.incoming, events)))];
  expect((await read(both)).filter((value) => value === null).length).toBeGreaterThanOrEqual(20);
  expect((await read(both)).some((value) => value !== null)).toBe(true);
});

test('a feature whose kind changed reads under the new kind, unreadable values as null', async () => {
  const events = ['1.5', 'x'].map((origin, i): SampleEvent => eventWith(`k-${i}`, { origin }));
  const parts = await open.columnar.writeParts(model, await csvRows(open.incoming, events));
  const features = model.features.map((f) => (f.name === 'origin' ? { ...f, kind: 'numeric' as const } : f));
  const found = await open.columnar.listEvents({ ...model, features }, parts, { limit: 10 });
  expect(found.map((row) => row.features.origin)).toEqual([null, 1.5]);
});

test('features come back under any name, with any value', async () => {
  const name = fc
    .oneof(
      fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
      fc.constantFrom(
        '__proto__',
        'constructor',
        'toString',
        'a.b',
        'a/b',
        'a~1b',
        '"',
        "'",
        '\\',
        '$x'.slice(1),
        '[0]',
        'A',
        'a',
        'İ',
        'K',
        'K',
        'k',
        '*',
        'then',
        'toJSON',
        '-',
        '0',
        ' ',
      ),
    )
    .filter((text) => nameSchema.safeParse(text).success);
  const kind = fc.constantFrom<FeatureKind>('numeric', 'categorical', 'boolean', 'text');
  const text = fc.string({ unit: 'grapheme' }).filter((t) => !t.includes('\0') && t.isWellFormed());
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(name, kind), { minLength: 1, maxLength: 12, selector: ([n]) => n }),
      fc.infiniteStream(
        fc.tuple(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          text,
          fc.boolean(),
          fc.integer({ min: 0, max: 4 }),
        ),
      ),
      async (features, values) => {
        const odd: ColumnarModel = {
          ...model,
          features: features.map(([n, k], i) => ({ name: n, kind: k, ordinal: i })),
        };
        const events = Array.from({ length: 3 }, (_, i) =>
          eventWith(
            `n-${i}`,
            Object.fromEntries(
              features.flatMap(([n, k]) => {
                const [number, string, boolean, absent] = values.next().value;
                if (absent === 0) return [];
                if (absent === 1) return [[n, null]];
                return [[n, k === 'numeric' ? number + 0 : k === 'boolean' ? boolean : string]];
              }),
            ),
          ),
        );
        const parts = await open.columnar.writeParts(odd, await csvRows(open.incoming, events));
        const found = await open.columnar.listEvents(odd, parts, { limit: 10 });
        const wanted = events.map((row) =>
          Object.fromEntries(features.map(([n]) => [n, plainValue(odd, row, `features.${n}`)])),
        );
        expect(found.map((row) => Object.entries(row.features))).toEqual(
          wanted.reverse().map(Object.entries),
        );
        await open.columnar.remove(parts.map((part) => part.path));
      },
    ),
    { numRuns: 60 },
  );
});

test('an uploaded reference is one part with its actuals', async () => {
  const events = sampleEvents(500, 24);
  const path = join(open.incoming, 'reference.ndjson');
  const lines = events.map(({ event, actual }) =>
    JSON.stringify({
      ...event,
      ...(actual ? { actual_label: actual.actual_label, actual_ms: actual.actual_ms } : {}),
    }),
  );
  await writeFile(path, lines.join('\n'));
  const parts = await open.columnar.writeReference(model, path);
  expect(parts.map(({ kind, rows }) => ({ kind, rows }))).toEqual([{ kind: 'reference', rows: 500 }]);
  const labelled = await open.columnar.count(model, parts, {
    filter: { field: 'actual_label', op: 'not_null' },
  });
  expect(labelled).toBe(events.filter((row) => row.actual?.actual_label != null).length);
  await writeFile(path, '');
  expect(await open.columnar.writeReference(model, path)).toEqual([]);
});

test('a closed engine refuses', async () => {
  const other = await openColumnar();
  await other.close();
  await expect(other.columnar.touchedHours([])).rejects.toThrow('closed');
});

function eventWith(id: string, features: Record<string, string | number | boolean | null>): SampleEvent {
  return {
    event: {
      prediction_id: id,
      prediction_ms: sampleStart,
      model_version: 'v1',
      environment: 'production',
      features,
    },
    actual: null,
  };
}
