import type { BinSetColumn } from '@plumbline/contracts';
import {
  chiSquare,
  hellinger,
  jsDistance,
  klDivergence,
  ksPValue,
  ksStatistic,
  lInfinity,
  ndcg,
  psi,
  quantileEdges,
  tvd,
  wasserstein,
} from '@plumbline/stats';
import { ksMetric } from '../drift/ks.ts';
import { wassersteinNormedMetric } from '../drift/wasserstein-normed.ts';
import { countValues } from '../libraries/count-values.ts';
import { evidentlyDrift } from '../libraries/evidently-drift.ts';
import { type ColumnValues, presentOf } from '../libraries/library-drift.ts';
import { nannymlDrift } from '../libraries/nannyml-drift.ts';
import { profileColumn } from '../profile-fixture.ts';
import { type Compared, compared, readJson, type Versions } from './compared-fixture.ts';

interface Case {
  title: string;
  kind: 'numeric' | 'categorical';
  evidently: { method: string; value: number };
  nannyml: { value: number; threshold: number };
  methods: { evidently: Record<string, number>; nannyml: Record<string, number> };
  reference: ColumnValues;
  current: ColumnValues;
}

const libraries = readJson<{ versions: Versions; cases: Case[] }>('metrics/fixtures/libraries.fixture.json');
const { versions, cases } = libraries;
const evidently = `evidently ${versions.evidently}`;
const nannyml = `nannyml ${versions.nannyml}`;

/** Categories that occur on both sides: there nothing is smoothed or filled. */
const shared = new Set(['three categories', 'two categories', 'three categories, many rows']);

function ofCounts({ title, methods, reference, current }: Case): Compared[] {
  const counts = countValues(presentOf(reference), presentOf(current));
  const pair = [counts.reference, counts.current] as const;
  const unsmoothed = shared.has(title)
    ? [
        compared('PSI, unsmoothed', title, psi(...pair, 0), methods.evidently.psi ?? 0, evidently),
        compared(
          'Kullback–Leibler divergence',
          title,
          klDivergence(...pair, 0),
          methods.evidently.kl_div ?? 0,
          evidently,
        ),
      ]
    : [];
  const natural = (jsDistance(...pair) ?? Number.NaN) * Math.sqrt(Math.LN2);
  const theirs = methods.nannyml;
  // Yates' correction, which NannyML makes on two categories, is not made here.
  const test = counts.reference.length > 2 && !counts.current.includes(0) && !title.startsWith('many');
  return [
    ...unsmoothed,
    compared(
      'Jensen–Shannon distance, base 2',
      title,
      jsDistance(...pair),
      theirs.jensen_shannon ?? 0,
      nannyml,
    ),
    compared(
      'Jensen–Shannon distance, natural logarithm',
      title,
      natural,
      methods.evidently.jensenshannon ?? 0,
      evidently,
    ),
    compared('Hellinger distance', title, hellinger(...pair), theirs.hellinger ?? 0, nannyml),
    compared('L-infinity distance', title, lInfinity(...pair), theirs.l_infinity ?? 0, nannyml),
    ...(test
      ? [
          compared(
            'χ² of the contingency table',
            title,
            chiSquare(...pair)?.statistic,
            theirs.chi2 ?? 0,
            nannyml,
          ),
        ]
      : []),
  ];
}

function ofNumbers({ title, methods, reference, current }: Case): Compared[] {
  const [x, y] = [reference, current].map((values) => Float64Array.from(presentOf(values), Number));
  if (!x || !y) return [];
  const statistic = ksStatistic(x, y) ?? Number.NaN;
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length);
  const { ks = 0, wasserstein: normed = 0 } = methods.evidently;
  const distance = wasserstein(x, y) ?? Number.NaN;
  return [
    compared(
      'Kolmogorov–Smirnov statistic',
      title,
      statistic,
      methods.nannyml.kolmogorov_smirnov ?? 0,
      nannyml,
    ),
    compared('Kolmogorov–Smirnov p', title, ksPValue(statistic, x.length, y.length, 1e8), ks, evidently),
    compared('Wasserstein distance', title, distance, methods.nannyml.wasserstein ?? 0, nannyml),
    compared('Wasserstein distance ÷ standard deviation', title, distance / deviation, normed, evidently),
  ];
}

/** What the platform shows, from 20 quantile bins of the reference, beside what the rows give; within its error bound. */
function ofBins({ title, methods, reference, current }: Case): Compared[] {
  const edges = quantileEdges(Float64Array.from(presentOf(reference), Number).sort(), 20);
  const column: BinSetColumn = {
    column: 'features.x',
    kind: 'numeric',
    bins: { layout: 'numeric', edges: [...(edges ?? [])] },
  };
  const sides = {
    column,
    reference: profileColumn(column, reference),
    current: profileColumn(column, current),
  };
  const [shift, gap] = [wassersteinNormedMetric, ksMetric].map((metric) => metric.scoreColumn?.(sides));
  return [
    compared(
      '`wasserstein_normed` from bins',
      title,
      shift?.value,
      methods.evidently.wasserstein ?? 0,
      evidently,
      shift?.errorBound ?? 0,
    ),
    compared(
      '`ks` from bins',
      title,
      gap?.value,
      methods.nannyml.kolmogorov_smirnov ?? 0,
      nannyml,
      gap?.errorBound ?? 0,
    ),
  ];
}

const plain = new Set(['normal', 'lognormal', 'counts', 'normal, many rows', 'pareto, many rows']);
const categorical = cases.filter(({ kind, title }) => kind === 'categorical' && title !== 'one category');

/** Distances and tests on the same rows. */
export function driftMethods(): Compared[] {
  const rows = [
    ...categorical.flatMap(ofCounts),
    ...cases.filter(({ title }) => plain.has(title)).flatMap((row) => [...ofNumbers(row), ...ofBins(row)]),
  ];
  const { versions: of, cases: counted } = readJson<{
    versions: Versions;
    cases: { title: string; reference: number[]; current: number[]; tvd: number; psi: number }[];
  }>('stats/fixtures/drift.fixture.json');
  const { ndcg: orders } = readJson<{ ndcg: { gains: number[]; scores: number[]; value: number }[] }>(
    'stats/fixtures/drift-rules.fixture.json',
  );
  const scipy = `scipy ${of.scipy}`;
  for (const row of counted.filter(({ title }) =>
    /normal 100|unseen|disjoint bins|huge counts/.test(title),
  )) {
    const { title, reference, current } = row;
    rows.push(
      compared('Total variation distance', title, tvd(reference, current), row.tvd, scipy),
      compared('PSI, ½ added to each count', title, psi(reference, current), row.psi, scipy),
    );
  }
  for (const { gains, scores, value } of orders.slice(-3))
    rows.push(
      compared(
        'NDCG',
        `${gains.length} items`,
        ndcg(gains, scores),
        value,
        `scikit-learn ${of['scikit-learn']}`,
      ),
    );
  return rows.sort((a, b) => (a.method < b.method ? -1 : Number(a.method > b.method)));
}

/** Whole answers: the library's default method, binning and threshold on the same rows. */
export function libraryDefaults(): Compared[] {
  return cases.flatMap(({ title, kind, evidently: first, nannyml: second, reference, current }) => {
    const [one, two] = [evidentlyDrift, nannymlDrift].map((rule) => rule({ kind, reference, current }));
    const data = `${title} (${reference.length}/${current.length})`;
    return [
      compared(`Evidently: ${first.method}`, data, one?.value, first.value, evidently),
      compared('NannyML: Jensen–Shannon distance', data, two?.value, second.value, nannyml),
      compared('NannyML: threshold', data, two?.threshold, second.threshold, nannyml),
    ];
  });
}
