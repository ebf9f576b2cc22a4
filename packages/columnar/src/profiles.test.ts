import type { Filter, Granularity, Task } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventSelection, PartRef } from './columnar.ts';
import { expectClose } from './testing/close-to.ts';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { plainEvents, plainSelection, plainValue } from './testing/plain-events.ts';
import { plainColumn, plainPerformance } from './testing/plain-profile.ts';
import {
  random,
  type SampleEvent,
  sampleActual,
  sampleEvents,
  sampleStart,
} from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

const tasks: Task[] = ['binary_classification', 'multiclass_classification', 'regression'];

let open: OpenColumnar;
beforeAll(async () => {
  open = await openColumnar();
});
afterAll(() => open.close());

/** Two exports: the second brings more events and actuals that supersede, take back and come late. */
async function filled(task: Task) {
  const model = sampleModel(task);
  const first = sampleEvents(1500, 1, task);
  const second = sampleEvents(500, 2, task);
  const next = random(3);
  const actuals = first
    .filter(() => next() < 0.5)
    .flatMap(({ event }, i) => [
      sampleActual(event, next, task, 100 + i),
      sampleActual(event, next, task, 3000 + i),
    ]);
  const { columnar, incoming } = open;
  const parts: PartRef[] = await columnar.writeParts(model, await csvRows(incoming, first));
  parts.push(...(await columnar.writeParts(model, await csvRows(incoming, second, actuals))));
  const reference = await columnar.copyReference(model, parts, { toMs: sampleStart + 5 * 86_400_000 });
  return { model, parts, reference, rows: plainEvents([...first, ...second], actuals) };
}

function plainAttributions(rows: SampleEvent[]) {
  const explained = rows.map(({ event }) => event.shap_values).filter((values) => values !== undefined);
  if (explained.length === 0) return undefined;
  const total = explained.reduce((sum, { distance = 0 }) => sum + Math.abs(distance), 0);
  return { n: explained.length, sums: { distance: total } };
}

const filter: Filter = {
  or: [
    { field: 'features.origin', op: 'in', value: ['ORD', ''] },
    { field: 'actual_label', op: 'eq', value: 'late' },
  ],
};
const selections: [string, EventSelection][] = [
  ['everything', {}],
  ['a range', { fromMs: sampleStart + 3_600_000, toMs: sampleStart + 4 * 86_400_000 }],
  ['a version', { version: 'v2' }],
  ['an environment', { environment: 'validation' }],
  ['a filter', { filter }],
  ['nothing', { version: 'none' }],
];

describe.each(tasks)('%s', (task) => {
  let data: Awaited<ReturnType<typeof filled>>;
  beforeAll(async () => {
    data = await filled(task);
  });

  test.each(selections)('profile of %s equals the row by row computation', async (_, selection) => {
    const { model, parts, reference, rows } = data;
    const binSet = await open.columnar.buildBinSet(model, reference);
    const profile = await open.columnar.profile(model, binSet, parts, selection);
    const selected = plainSelection(model, rows, selection);
    expect(profile.events).toBe(selected.length);
    const newest = selected.reduce((ms, { event }) => Math.max(ms, event.prediction_ms), 0);
    expect(profile.newestMs).toBe(newest || undefined);
    for (const column of binSet.columns)
      expectClose(profile.columns[column.column], plainColumn(model, column, selected));
    if (selected.length > 0) expectClose(profile.performance, plainPerformance(model, selected));
    expectClose(profile.attributions, plainAttributions(selected));
  });

  test('values of a column come in the order of time and id, null where there is none', async () => {
    const { model, parts, rows } = data;
    const ordered = plainSelection(model, rows, { version: 'v2' }).sort(
      ({ event: a }, { event: b }) =>
        a.prediction_ms - b.prediction_ms ||
        Buffer.compare(Buffer.from(a.prediction_id), Buffer.from(b.prediction_id)),
    );
    for (const column of ['features.distance', 'features.origin', 'actual_label', 'features.absent']) {
      const values = await open.columnar.columnValues(model, parts, { version: 'v2' }, column, 500);
      expect(values).toEqual(ordered.slice(0, 500).map((row) => plainValue(model, row, column)));
    }
  });

  test.each<Granularity>(['hour', 'day', 'week'])(
    'profiles by %s are split at UTC slots, by version and environment',
    async (grain) => {
      const { model, parts, reference, rows } = data;
      const binSet = await open.columnar.buildBinSet(model, reference);
      const profiles = await open.columnar.profiles(model, binSet, parts, { grain });
      const groups = new Map<string, SampleEvent[]>();
      for (const row of rows) {
        const key = `${slotStart(row.event.prediction_ms, grain)} ${row.event.model_version} ${row.event.environment}`;
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      expect(profiles.map((p) => `${p.start} ${p.version} ${p.environment}`).sort()).toEqual(
        [...groups.keys()].sort(),
      );
      for (const { start, version, environment, profile } of profiles) {
        const selected = groups.get(`${start} ${version} ${environment}`) ?? [];
        for (const column of binSet.columns)
          expectClose(profile.columns[column.column], plainColumn(model, column, selected));
        if (task !== 'regression' || profile.performance.errors?.n)
          expectClose(profile.performance, plainPerformance(model, selected));
      }
    },
  );

  test('profiles without performance have the same events and columns', async () => {
    const { model, parts, reference } = data;
    const binSet = await open.columnar.buildBinSet(model, reference);
    const query = { grain: 'day' as const, filter };
    const withIt = await open.columnar.profiles(model, binSet, parts, query);
    const without = await open.columnar.profiles(model, binSet, parts, { ...query, withPerformance: false });
    expect(without.map((p) => [p.start, p.version, p.environment])).toEqual(
      withIt.map((p) => [p.start, p.version, p.environment]),
    );
    for (const [i, { profile }] of without.entries()) {
      expect(profile.events).toBe(withIt[i]?.profile.events);
      expectClose(profile.columns, withIt[i]?.profile.columns);
      expect(profile.performance.labelled).toBe(0);
    }
  });

  test('profiles of some hours are those hours of all profiles', async () => {
    const { model, parts, reference } = data;
    const binSet = await open.columnar.buildBinSet(model, reference);
    const all = await open.columnar.profiles(model, binSet, parts, { grain: 'hour' });
    const hours = [...new Set(all.map((p) => p.start))].filter((_, i) => i % 7 === 0);
    const some = await open.columnar.profiles(model, binSet, parts, { grain: 'hour', hours });
    expect(some.map((p) => [p.start, p.profile.events])).toEqual(
      all.filter((p) => hours.includes(p.start)).map((p) => [p.start, p.profile.events]),
    );
    expect(await open.columnar.profiles(model, binSet, parts, { grain: 'hour', hours: [] })).toEqual([]);
  });

  test('merging keeps every profile', async () => {
    const { model, parts, reference } = data;
    const binSet = await open.columnar.buildBinSet(model, reference);
    const before = await open.columnar.profiles(model, binSet, parts, { grain: 'day' });
    const merged = await open.columnar.merge(model, parts);
    expect(merged.every((part) => part.kind === 'events')).toBe(true);
    expect(merged.map((part) => new Date(part.minMs).toISOString().slice(0, 7))).toEqual([
      '2001-01',
      '2001-02',
    ]);
    expectClose(await open.columnar.profiles(model, binSet, merged, { grain: 'day' }), before, 1e-12);
    const actuals = await open.columnar.merge(
      model,
      parts.filter((part) => part.kind === 'actuals'),
    );
    expect(actuals.every((part) => part.kind === 'actuals')).toBe(true);
    const mixed = [...parts.filter((part) => part.kind === 'events'), ...actuals];
    expectClose(await open.columnar.profiles(model, binSet, mixed, { grain: 'day' }), before, 1e-12);
  });
});

function slotStart(ms: number, grain: Granularity): number {
  const date = new Date(ms);
  if (grain === 'hour') return date.setUTCMinutes(0, 0, 0);
  const day = new Date(date.setUTCHours(0, 0, 0, 0));
  return grain === 'day' ? day.getTime() : day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
}
