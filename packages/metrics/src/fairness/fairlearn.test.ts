import { readFileSync } from 'node:fs';
import type { FairnessDisparity } from '@plumbline/contracts';
import { disparityBetween, disparityToOverall } from '@plumbline/stats';
import { describe, expect, test } from 'vitest';
import { type FairnessReport, fairnessReport } from './fairness-report.ts';
import { groupsOf, outcomesOf } from './outcomes-fixture.ts';

const names = ['selection_rate', 'tpr', 'fpr', 'precision', 'accuracy'] as const;
type Rates = Record<(typeof names)[number], number>;
interface FairlearnCase {
  title: string;
  groups: [number, number, number, number][];
  byGroup: Record<(typeof names)[number], number[]>;
  difference: Rates;
  ratio: Rates;
  toOverallDifference: Rates;
  toOverallRatio: Rates;
  demographicParityDifference: number;
  demographicParityRatio: number;
  equalOpportunityDifference: number;
  equalOpportunityRatio: number;
  equalizedOddsDifference: number;
  equalizedOddsDifferenceMean: number;
  equalizedOddsRatio: number;
  equalizedOddsRatioMean: number;
}
const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/fairness.fixture.json', import.meta.url), 'utf8'),
) as { cases: FairlearnCase[] };

const question = {
  task: 'binary_classification' as const,
  attributes: [{ field: 'features.g' }],
  favourableLabel: 'late',
  referenceGroup: null,
};
const report = (counts: number[][]) => fairnessReport(question, groupsOf(counts));
const find = (answer: FairnessReport, name: string): FairnessDisparity | undefined =>
  answer.disparities.find(({ disparity }) => disparity === name);
const ownName = { selection_rate: 'selection_rate', tpr: 'recall', fpr: 'false_positive_rate' } as const;

/** Every group is large enough for every rate. */
const large = cases.filter(({ groups }) =>
  groups.every(([tp, fp, fn, tn]) => Math.min(tp + fn, fp + tn, tp + fp) >= 10 && tp + fp + fn + tn >= 30),
);

test('most cases are judged whole', () => expect(large.length).toBeGreaterThanOrEqual(24));

describe.each(large)('equals fairlearn: $title', (row) => {
  const answer = report(row.groups);

  test('every rate of every group', () => {
    for (const [theirs, ours] of Object.entries(ownName)) {
      const byGroup = Object.fromEntries(
        answer.groups.map(({ group, metrics }) => [
          group?.['features.g'],
          metrics.find(({ metric }) => metric === ours)?.value,
        ]),
      );
      for (const [g, value] of row.byGroup[theirs as 'tpr'].entries())
        expect(byGroup[`g${g}`]).toBeCloseTo(value, 12);
    }
  });

  test.each([
    ['demographic_parity', 'demographicParityDifference', 'demographicParityRatio'],
    ['equal_opportunity', 'equalOpportunityDifference', 'equalOpportunityRatio'],
    ['equalized_odds', 'equalizedOddsDifference', 'equalizedOddsRatio'],
    ['equalized_odds_mean', 'equalizedOddsDifferenceMean', 'equalizedOddsRatioMean'],
  ] as const)('%s', (name, difference, ratio) => {
    expect(find(answer, name)?.difference).toBeCloseTo(row[difference], 12);
    expect(find(answer, name)?.ratio).toBeCloseTo(row[ratio], 12);
  });

  test.each([
    ['demographic_parity', 'selection_rate'],
    ['equal_opportunity', 'tpr'],
    ['predictive_equality', 'fpr'],
    ['predictive_parity', 'precision'],
    ['accuracy_equality', 'accuracy'],
  ] as const)('%s between groups and to all', (name, metric) => {
    const found = find(answer, name);
    expect(found?.difference).toBeCloseTo(row.difference[metric], 12);
    expect(found?.ratio).toBeCloseTo(row.ratio[metric], 12);
    expect(found?.to_overall_difference).toBeCloseTo(row.toOverallDifference[metric], 12);
    expect(found?.to_overall_ratio).toBeCloseTo(row.toOverallRatio[metric], 12);
  });
});

describe('published values of the data of its tests', () => {
  const [byOne, crossed, weighted] = cases;

  test('by one attribute', () => {
    const answer = report(byOne?.groups ?? []);
    const value = (name: string) => {
      const { difference, ratio } = find(answer, name) ?? { difference: null, ratio: null };
      return [difference, ratio].map((number) => Number(number?.toFixed(7)));
    };
    expect(value('demographic_parity')).toEqual([0.0746032, 0.8912037]);
    expect(value('equalized_odds')).toEqual([0.1007905, 0.8712121]);
    expect(value('equalized_odds_mean')[0]).toBe(0.0503953);
    expect(value('equal_opportunity')[1]).toBe(0.8712121);
    expect(value('predictive_parity')[0]).toBe(0.0681818);
    expect(find(answer, 'demographic_parity')?.to_overall_difference).toBeCloseTo(0.037827, 7);
    const rates = answer.groups.map(({ metrics }) =>
      metrics.slice(0, 3).map((m) => Number(m.value?.toFixed(7))),
    );
    expect(rates).toEqual([
      [0.6111111, 0.6818182, 0.5],
      [0.6857143, 0.7826087, 0.5],
    ]);
  });

  test('by two attributes, whose groups are too small for a report', () => {
    const rates = crossed?.groups.map(([tp, fp, fn, tn]) => (tp + fp) / (tp + fp + fn + tn)) ?? [];
    expect(disparityBetween(rates)?.difference).toBeCloseTo(0.3333333, 7);
    expect(disparityBetween(rates)?.ratio).toBeCloseTo(0.6, 7);
    expect(disparityToOverall(rates, 46 / 71)?.difference).toBeCloseTo(
      crossed?.toOverallDifference.selection_rate ?? 0,
      12,
    );
    expect(report(crossed?.groups ?? []).groups).toMatchObject([{ kind: 'small', group: null, n: 71 }]);
  });

  test('weighted', () => {
    const rates = report(weighted?.groups ?? []).groups.map(({ metrics }) => metrics[0]?.value);
    expect(rates.map((rate) => Number(rate?.toFixed(7))).sort()).toEqual([0.6567164, 0.6805556]);
  });
});

test('a group without positives has no true positive rate; fairlearn takes 0 and finds the worst gap', () => {
  const last = cases.at(-1);
  expect(last?.equalOpportunityDifference).toBe(0.75);
  const answer = report(last?.groups ?? []);
  const recall = answer.groups[1]?.metrics.find(({ metric }) => metric === 'recall');
  expect(recall).toMatchObject({ value: null, lower: null, n: 0, status: 'empty', comparison: null });
  expect(find(answer, 'equal_opportunity')).toMatchObject({
    status: 'insufficient_data',
    difference: null,
    groups: 1,
    without_value: 1,
  });
  const three = fairnessReport(question, [
    ...groupsOf(last?.groups ?? []),
    { values: ['c'], outcomes: outcomesOf(20, 10, 20, 30) },
  ]);
  expect(find(three, 'equal_opportunity')).toMatchObject({ difference: 0.25, without_value: 1 });
});
