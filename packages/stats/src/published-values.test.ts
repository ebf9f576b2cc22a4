import { describe, expect, test } from 'vitest';
import { aucSamples } from './auc-samples.ts';
import { chiSquareSurvival } from './chi-square-survival.ts';
import { evaluateIsotonic } from './evaluate-isotonic.ts';
import { expectClose } from './expect-close.ts';
import { hellinger } from './hellinger.ts';
import { isotonicRegression } from './isotonic-regression.ts';
import { jsDistance } from './js-distance.ts';
import { klDivergence } from './kl-divergence.ts';
import { ksScore } from './ks-score.ts';
import { logLoss } from './log-loss.ts';
import { multiclassReport } from './multiclass-report.ts';
import { oneSampleKsPValue } from './one-sample-ks-p-value.ts';
import { permutationPValue } from './permutation-p-value.ts';
import { psi } from './psi.ts';
import { readFixture } from './read-fixture.ts';
import { scoreGroups } from './score-groups.ts';
import { tvd } from './tvd.ts';
import { twoProportionZ } from './two-proportion-z.ts';
import { wasserstein } from './wasserstein.ts';

const r = [16, 18, 16, 14, 12, 12];
const c = [16, 16, 16, 16, 16, 8];
const unseen = [
  [250, 250, 250, 250, 0],
  [250, 250, 250, 0, 250],
] as const;
const rows = (counts: number[]) => counts.flatMap((n, i) => new Array<number>(n).fill(i + 1));
const populationDeviation = (values: number[]) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
};
/** From base 2 to the natural logarithm. */
const natural = (distance: number | undefined) => (distance ?? Number.NaN) * Math.sqrt(Math.LN2);
/** Of the unseen category with empty shares set to `least`; as libraries do, the shares then exceed 1 and stay so. */
const filledPsi = (least: number) => {
  const sides = [
    [0.25, 0.25, 0.25, 0.25, least],
    [0.25, 0.25, 0.25, least, 0.25],
  ] as const;
  return (psi(...sides, 0) ?? Number.NaN) * (1 + least);
};
const labels = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
const scores = [0.1, 0.4, 0.35, 0.8, 0.2, 0.9, 0.6, 0.7, 0.55, 0.3, 0.4, 0.05];

describe('published values of distances', () => {
  const x = [38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58];
  const y = [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8];
  test.each([
    ['natural Jensen–Shannon distance', natural(jsDistance(r, c)), 0.0680482],
    ['the same of an unseen category', natural(jsDistance(...unseen)), 0.4162773],
    ['the same of probabilities', natural(jsDistance([0.5, 0.3, 0.2], [0.4, 0.35, 0.25])), 0.0716783],
    ['PSI of an unseen category, 1 added', psi(...unseen, 1), 2.748982],
    ['the same, Evidently', filledPsi(0.0001), 3.910458],
    ['the same, Deepchecks', filledPsi(0.01), 1.54506],
    [
      'Wasserstein ÷ deviation of counted values',
      (wasserstein(rows(r), rows(c)) ?? 0) / populationDeviation(rows(r)),
      0.0544331,
    ],
    ['Wasserstein ÷ deviation', (wasserstein(x, y) ?? 0) / populationDeviation(x), 0.7812361],
    ['deviation', populationDeviation(x), 5.3280948],
  ])('%s', (_, actual, expected) => expectClose(actual, expected, 1e-6));

  test('of a permutation test of the total variation distance', () => {
    const values = [...rows(r), ...rows(c)];
    const statistic = (isFirst: Uint8Array) => {
      const sides = [new Array<number>(6).fill(0), new Array<number>(6).fill(0)] as const;
      for (const [i, value] of values.entries()) {
        const side = sides[isFirst[i] === 1 ? 0 : 1];
        side[value - 1] = (side[value - 1] ?? 0) + 1;
      }
      return tvd(...sides) ?? 0;
    };
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const steps = permutationPValue(new Uint8Array(176).fill(1, 0, 88), statistic, {
      permutations: 1000,
      random,
    });
    let step = steps.next();
    while (!step.done) step = steps.next();
    // Evidently says 0.928: it compares without tolerance and loses permutations that are as far but for rounding.
    expect(step.value).toBeGreaterThan(0.9685 - 0.02);
    expect(step.value).toBeLessThan(0.9685 + 0.02);
  });

  const { cases } = readFixture<{
    cases: { title: string; reference: number[]; current: number[]; jsDistance: number; hellinger: number }[];
  }>('doane-counts');
  test.each([
    ['normal, fewer rows', 0.05, null],
    ['six values, then three', 0.73, 0.72],
    ['normal, moved by two', null, 0.63],
  ])('NannyML, on Doane’s bins: %s', (title, js, hell) => {
    const found = cases.find((row) => row.title === title);
    const [reference = [], current = []] = [found?.reference, found?.current];
    const [distance, other] = [jsDistance(reference, current), hellinger(reference, current)];
    expectClose(distance, found?.jsDistance ?? null, 1e-12);
    expectClose(other, found?.hellinger ?? null, 1e-12);
    if (js !== null) expect(Math.round((distance ?? 0) * 100) / 100).toBe(js);
    if (hell !== null) expect(Math.round((other ?? 0) * 100) / 100).toBe(hell);
    if (title.startsWith('normal')) expect(reference).toHaveLength(16 + 1);
  });
});

describe('published values of tests', () => {
  test('asymptotic Kolmogorov–Smirnov of eight against eight', () => {
    expectClose(oneSampleKsPValue(0.625, (8 * 8) / (8 + 8)), 0.0493164, 1e-7);
  });

  test('Z of two proportions', () => {
    expectClose(twoProportionZ(40, 100, 55, 100)?.pValue, 0.0337, 5e-5);
  });

  test('Evidently’s G, which takes the reference for exact: 2n times the Kullback–Leibler divergence', () => {
    const g = 2 * 18 * (klDivergence([4, 6, 8], [5, 5, 8], 0) ?? 0);
    expectClose(chiSquareSurvival(g, 2), 0.817622, 1e-6);
  });
});

describe('published values of scores', () => {
  test('log loss of scikit-learn’s documentation', () => {
    expectClose(logLoss([0.9, 0.1, 0.2, 0.65], [1, 0, 0, 1]), 0.2161619, 1e-7);
  });

  test('KS score and AUC of twelve rows', () => {
    const { positives, negatives } = scoreGroups(scores, labels);
    expectClose(ksScore(positives, negatives)?.value, 2 / 3, 1e-12);
    expectClose(aucSamples(scores, labels), 0.875, 1e-12);
  });

  test('weighted and macro F1, and accuracy, of three classes', () => {
    const report = multiclassReport([
      [2, 0, 0],
      [0, 2, 1],
      [0, 1, 2],
    ]);
    expectClose(report?.accuracy, 0.75, 1e-12);
    expectClose(report?.weighted.f1, 0.75, 1e-12);
    expectClose(report?.macro.f1, 0.7777778, 1e-7);
  });
});

describe('published values of isotonic regression', () => {
  const fitted = (y: number[], weights?: number[]) => {
    const x = y.map((_, i) => i + 1);
    const fit = isotonicRegression(x, y, weights);
    return x.map((at) => (fit ? evaluateIsotonic(fit, at) : undefined));
  };

  test.each<[number[], number[] | undefined, number[]]>([
    [[3, 7, 5, 9, 8, 7, 10], undefined, [3, 6, 6, 8, 8, 8, 10]],
    [
      [1, 41, 51, 1, 2, 5, 24],
      [1, 2, 3, 4, 5, 6, 7],
      [1, 13.95, 13.95, 13.95, 13.95, 13.95, 24],
    ],
  ])('%j', (y, weights, expected) => {
    for (const [i, value] of fitted(y, weights).entries()) expectClose(value, expected[i] ?? 0, 1e-12);
  });

  test('of labels on scores, between and beyond the rows', () => {
    const fit = isotonicRegression(scores, labels) ?? { x: [], y: [] };
    for (const [at, value] of [
      [0.65, 0.8],
      [0, 0],
      [1, 1],
    ] as const)
      expectClose(evaluateIsotonic(fit, at), value, 1e-12);
  });
});
