import { existsSync } from 'node:fs';
import {
  type BinSetColumn,
  type ListedExpectation,
  metricInfo,
  type PerformanceProfile,
  type Profile,
  type Score,
} from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { drawClasses, profileClasses } from './estimation/class-rows-fixture.ts';
import { defaultLimits, judgedNumber, judgeValue } from './judge-value.ts';
import type { MetricDescriptor } from './metric-descriptor.ts';
import { metricNeeds } from './metric-needs.ts';
import {
  categoricalColumn,
  numericColumn,
  profileBinary,
  profileColumn,
  profileErrors,
  profileLists,
  profileOf,
  spreadValues,
} from './profile-fixture.ts';
import { catalogue, metrics } from './registry.ts';
import { scoreMetric } from './score-metric.ts';

const binSet = { columns: [numericColumn, categoricalColumn] };
const origins = (n: number, ordShare: number) =>
  Array.from({ length: n }, (_, i) => (i < n * ordShare ? 'ORD' : 'LAX'));

function performance(task: string, n: number): PerformanceProfile {
  if (task === 'regression') {
    const rows = Array.from({ length: n }, (_, i) => ({ prediction: i, actual: i + (i % 3) }));
    return { labelled: n, ...(n > 0 ? { errors: profileErrors(rows) } : {}) };
  }
  if (task === 'ranking') return { labelled: n, ranking: profileLists(spreadValues(n)) };
  const binary = profileBinary(
    spreadValues(n).map((score, i) => ({ score, isPositive: score > 0.5 !== (i % 4 === 0) })),
  );
  if (task === 'binary_classification') return binary;
  const places = [0.6, 0.2, 0.1, 0.05, 0.05].map((share) => Math.round(share * n));
  const probabilities = { n, logLossSum: n, brierSum: n / 2, places };
  const { classes } = profileClasses(drawClasses(1, n, 1)).performance;
  return { ...binary, confusion: graded(binary.confusion), probabilities, ...(classes ? { classes } : {}) };
}

/** With six grades for labels, as metrics of ordered and of many classes need them. */
const graded = (confusion: PerformanceProfile['confusion'] = []) => [
  ...confusion.map(({ actual, predicted, count }) => ({
    actual: actual === 'late' ? '2' : '1',
    predicted: predicted === 'late' ? '2' : '1',
    count,
  })),
  ...['3', '4', '5', '6'].map((grade) => ({ actual: grade, predicted: grade, count: 0 })),
];

/** `n` events, `shift` standing for how far they are from the reference. */
function profile(n: number, task: string, shift = 0): Profile {
  const columns = {
    [numericColumn.column]: profileColumn(numericColumn, spreadValues(n, shift)),
    [categoricalColumn.column]: profileColumn(categoricalColumn, origins(n, 0.5 + shift)),
  };
  // The first feature matters less and less, the second more and more.
  const attributions = { n, sums: { x: n * (0.55 - shift), origin: n * (0.45 + shift) } };
  return {
    ...profileOf(n, columns, { ...performance(task, n), delays: { bins: [60], counts: [n] } }),
    ageMs: 60_000,
    attributions,
    intake: { accepted: n, rejected: 0, mistyped: 0 },
    multivariate: multivariate(n, shift),
  };
}

/** What a comparison on all columns finds `shift` away from the reference. */
function multivariate(n: number, shift: number): NonNullable<Profile['multivariate']> {
  const found = (
    value: number,
    minN: number,
    limits: { threshold_lower: number | null; threshold: number },
  ) => {
    const status = n === 0 ? 'empty' : n < minN ? 'insufficient_data' : 'ok';
    const measure = { n, n_reference: 2000, reference_values: [] };
    const drifted = value > limits.threshold;
    const threshold_from = 'constant' as const;
    return {
      ...measure,
      ...limits,
      threshold_from,
      drifted,
      status,
      value: status === 'ok' ? value : null,
    } as const;
  };
  const none = { components: 1, explained_variance: 0.7, columns: 2, left_out: [] };
  return {
    classifier: {
      ...found(0.5 + shift, 100, { threshold_lower: null, threshold: 0.65 }),
      p_value: 0.5 - shift,
      features: [],
    },
    reconstruction: {
      ...found(1 + shift, 30, { threshold_lower: 0.9, threshold: 1.1 }),
      standard_error: 0.02,
      ...none,
    },
  };
}

const expectations: ListedExpectation[] = [
  {
    source: 'generated',
    expectation: {
      kind: 'present',
      column: 'x',
      severity: 'warning',
      enabled: true,
      parameters: { mostly: 0.9 },
    },
  },
];

const columnsOf = ({ column_kinds: kinds }: MetricDescriptor): (BinSetColumn | null)[] =>
  kinds ? binSet.columns.filter(({ kind }) => kinds.includes(kind)) : [null];

type Loaded = (whole: Profile, column: BinSetColumn | null) => Profile;

function scores(
  descriptor: MetricDescriptor,
  n: number,
  shift = 0,
  loaded: Loaded = (whole) => whole,
): Score[] {
  const task = descriptor.tasks?.[0] ?? 'binary_classification';
  return columnsOf(descriptor).map((column) =>
    scoreMetric({
      descriptor,
      columnKey: column?.column ?? null,
      binSet,
      context: { task, positiveLabel: 'late', expectations },
      current: loaded(profile(n, task, shift), column),
      reference: loaded(profile(2000, task), column),
    }),
  );
}

/** As read by who asks for what the metric says it needs. */
const asNeeded =
  (descriptor: MetricDescriptor): Loaded =>
  ({ columns, performance: whole, attributions, ...rest }, column) => {
    const needs = metricNeeds(descriptor);
    const isRead = (key: string) =>
      needs.columns === 'all' || (needs.columns === 'own' && key === column?.column);
    return {
      ...rest,
      columns: Object.fromEntries(Object.entries(columns).filter(([key]) => isRead(key))),
      performance: needs.performance ? whole : { labelled: 0 },
      ...(needs.attributions && attributions ? { attributions } : {}),
    };
  };

describe('the registry', () => {
  it('has no id twice', () => {
    const ids = metrics.map(({ metric }) => metric);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives a catalogue of plain metric infos', () => {
    expect(catalogue()).toHaveLength(metrics.length);
    for (const info of catalogue()) expect(metricInfo.strict().parse(info)).toEqual(info);
  });
});

describe.each(metrics.map((descriptor) => [descriptor.metric, descriptor] as const))(
  '%s',
  (_, descriptor) => {
    it('has a docs page', () => {
      expect(descriptor.docs).toBe(`docs/metrics/${descriptor.metric}.md`);
      expect(existsSync(new URL(`../../../${descriptor.docs}`, import.meta.url))).toBe(true);
    });

    it('judges columns or the model, not both', () => {
      expect(descriptor.scoreColumn === undefined).toBe(descriptor.column_kinds === null);
      expect(descriptor.scoreModel === undefined).toBe(descriptor.column_kinds !== null);
    });

    it('has a value inside its range, finite after JSON, on plenty of data', () => {
      const all = scores(descriptor, 1000, 0.1);
      expect(JSON.parse(JSON.stringify(all))).toEqual(all);
      const valued = all.filter(({ status }) => status === 'ok');
      expect(valued.length).toBeGreaterThan(0);
      for (const { value } of valued) {
        expect(value).toBeGreaterThanOrEqual(descriptor.range[0] ?? Number.NEGATIVE_INFINITY);
        expect(value).toBeLessThanOrEqual(descriptor.range[1] ?? Number.POSITIVE_INFINITY);
      }
    });

    it('scores the same from what it says it needs alone', () => {
      expect(scores(descriptor, 1000, 0.1, asNeeded(descriptor))).toEqual(scores(descriptor, 1000, 0.1));
    });

    it.skipIf(descriptor.min_n === 0)(
      'has no value on no rows, one row and one row less than its floor',
      () => {
        for (const n of [0, 1, descriptor.min_n - 1]) {
          for (const score of scores(descriptor, n)) {
            expect(score.status).not.toBe('ok');
            expect(score.value).toBeNull();
          }
        }
      },
    );

    it('does not breach its default threshold on a profile equal to the reference', () => {
      const limits = defaultLimits(descriptor);
      for (const score of scores(descriptor, 2000)) {
        const judged = judgedNumber(score, descriptor.measures);
        if (limits && judged !== null) expect(judgeValue(judged, limits)).toBe('ok');
      }
    });

    it.runIf(descriptor.family === 'drift')('grows worse as the shift grows', () => {
      const byShift = [0, 0.05, 0.15, 0.3].map((shift) => scores(descriptor, 1000, shift));
      for (let i = 1; i < byShift.length; i++) {
        for (const [column, score] of (byShift[i] ?? []).entries()) {
          const before = judgedNumber(byShift[i - 1]?.[column] ?? score, descriptor.measures) ?? Number.NaN;
          const now = judgedNumber(score, descriptor.measures) ?? Number.NaN;
          const worse = descriptor.worse === 'lower' ? before - now : now - before;
          expect(worse).toBeGreaterThanOrEqual(0);
        }
      }
    });

    it.runIf(descriptor.needs_reference)('is not applicable without a reference', () => {
      const score = scoreMetric({
        descriptor,
        columnKey: numericColumn.column,
        binSet,
        context: { task: 'regression', positiveLabel: null },
        current: profile(100, 'regression'),
        reference: null,
      });
      expect(score).toMatchObject({ value: null, status: 'not_applicable' });
    });
  },
);
