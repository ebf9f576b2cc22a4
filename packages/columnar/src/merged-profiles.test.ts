import type {
  BinSet,
  ColumnProfile,
  Filter,
  FilterLeaf,
  PerformanceProfile,
  Task,
} from '@plumbline/contracts';
import { mergeProfiles } from '@plumbline/metrics';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventSelection, PartRef } from './columnar.ts';
import { csvRows } from './testing/csv-rows.ts';
import { filterTree } from './testing/filter-tree.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { plainEvents, plainSelection, plainValue } from './testing/plain-events.ts';
import { plainColumn } from './testing/plain-profile.ts';
import { random, sampleActual, sampleEvents } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

const relative = 1e-12;
let open: OpenColumnar;
beforeAll(async () => {
  open = await openColumnar();
});
afterAll(() => open.close());

/** Sums and moments of the same values in another order: to 1e-12 of what was added up. Everything else: to the bit. */
function expectSameColumn(found: ColumnProfile | undefined, wanted: ColumnProfile, name: string): void {
  if (!found) throw new Error(`${name} is missing`);
  const { sums = [], mean = 0, m2 = 0, unseen: _, ...exact } = found;
  const {
    sums: wantedSums = [],
    mean: wantedMean = 0,
    m2: wantedM2 = 0,
    unseen: __,
    ...wantedExact
  } = wanted;
  expect(exact, name).toEqual(wantedExact);
  const largest = Math.max(Math.abs(wanted.min ?? 0), Math.abs(wanted.max ?? 0));
  const near = (a: number, b: number, scale: number, what: string) => {
    if (Math.abs(a - b) > relative * scale) throw new Error(`${what} of ${name}: ${a}, not ${b}`);
  };
  expect(sums.length).toBe(wantedSums.length);
  for (const [i, sum] of sums.entries())
    near(sum, wantedSums[i] ?? 0, largest * (wanted.counts[i] ?? 0), `sum ${i}`);
  near(mean, wantedMean, largest, 'mean');
  near(m2, wantedM2, wantedM2, 'm2');
}

/** The counts of a performance profile, without its sums. */
const countsOf = ({
  labelled,
  delays,
  confusion = [],
  scores,
  predictions,
  probabilities,
  classes,
  errors,
}: PerformanceProfile) => ({
  labelled,
  delays,
  confusion: confusion.map(({ actual, predicted, count }) => `${actual} ${predicted} ${count}`).sort(),
  scores: scores?.bins.map(({ bin, positives, negatives }) => [bin, positives, negatives]),
  predictions: predictions && [predictions.bins, predictions.counts, predictions.positives],
  classes: classes && [classes.n, classes.classes.map(({ label, bins, counts }) => [label, bins, counts])],
  n: [scores?.n, probabilities?.n, errors?.n, errors?.percentageN],
});

async function filled(task: Task) {
  const model = sampleModel(task);
  const first = sampleEvents(600, 21, task);
  const next = random(22);
  const actuals = first.slice(0, 300).map(({ event }, i) => sampleActual(event, next, task, 100 + i));
  const parts: PartRef[] = await open.columnar.writeParts(
    model,
    await csvRows(open.incoming, first, actuals),
  );
  const half = first[300]?.event.prediction_ms ?? 0;
  const reference = await open.columnar.copyReference(model, parts, { toMs: half });
  const binSet: BinSet = await open.columnar.buildBinSet(model, reference);
  return { model, parts, binSet, rows: plainEvents(first, actuals) };
}

const fields = [
  'features.distance',
  'features.origin',
  'features.weekday',
  'features.Origin',
  'tags.channel',
];
const others = ['prediction_score', 'prediction_label', 'actual_label', 'actual_score', 'model_version'];

describe.each([
  ['binary_classification', 120],
  ['multiclass_classification', 40],
  ['regression', 40],
] as const)('%s', (task, runs) => {
  let data: Awaited<ReturnType<typeof filled>>;
  beforeAll(async () => {
    data = await filled(task);
  });

  test(`the events of ${runs} random filters: slots merged, one scan, and row by row are the same`, async () => {
    const { model, parts, binSet, rows } = data;
    /** Compares with a value that some event has, so that filters select some events and not others. */
    const leaf: fc.Arbitrary<FilterLeaf> = fc
      .record({
        field: fc.constantFrom(...fields, ...others),
        op: fc.constantFrom('eq', 'ne', 'lt', 'gte', 'not_null', 'is_null'),
        row: fc.nat(rows.length - 1),
      })
      .map(({ field, op, row }) => {
        const at = rows[row];
        const value = at ? plainValue(model, at, field) : null;
        if (op === 'is_null' || op === 'not_null' || value === null) return { field, op: 'not_null' };
        return { field, op, value };
      });
    const selection: fc.Arbitrary<EventSelection> = fc.record(
      { filter: filterTree(leaf), environment: fc.constant('production'), version: fc.constant('v1') },
      { requiredKeys: ['filter'] },
    ) as fc.Arbitrary<EventSelection & { filter: Filter }>;
    await fc.assert(
      fc.asyncProperty(selection, fc.constantFrom('hour', 'day', 'week'), async (asked, grain) => {
        const { columnar } = open;
        const whole = await columnar.profile(model, binSet, parts, asked);
        const selected = plainSelection(model, rows, asked);
        expect(whole.events).toBe(selected.length);
        for (const column of binSet.columns)
          expectSameColumn(whole.columns[column.column], plainColumn(model, column, selected), column.column);
        const slots = await columnar.profiles(model, binSet, parts, { ...asked, grain });
        const merged = mergeProfiles(slots.map(({ profile }) => profile));
        expect(merged.events).toBe(whole.events);
        expect(merged.newestMs).toBe(whole.newestMs);
        if (whole.events === 0) return;
        for (const [column, profile] of Object.entries(whole.columns))
          expectSameColumn(merged.columns[column], profile, column);
        expect(countsOf(merged.performance)).toEqual(countsOf(whole.performance));
      }),
      { numRuns: runs, seed: 23 },
    );
  }, 240_000);
});
