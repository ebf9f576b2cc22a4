import { describe, expect, it } from 'vitest';
import { associationMethods } from './associations-compared-fixture.ts';
import { classAucs } from './class-auc-compared-fixture.ts';
import type { Compared } from './compared-fixture.ts';
import { driftMethods, libraryDefaults } from './drift-compared-fixture.ts';
import { estimationMethods } from './estimation-compared-fixture.ts';
import { fairnessMethods } from './fairness-compared-fixture.ts';
import { multivariateMethods } from './multivariate-compared-fixture.ts';
import { opinionMethods } from './opinions-compared-fixture.ts';
import { performanceMethods } from './performance-compared-fixture.ts';
import { performanceScores } from './performance-scores-compared-fixture.ts';
import { rootCauseMethods } from './root-cause-compared-fixture.ts';
import { writePage } from './write-page-fixture.ts';

const sections: { title: string; text: string; rows: Compared[] }[] = [
  {
    title: 'Drift of a column',
    text: 'Distances and tests of categories and numbers. PSI and the Kullback–Leibler divergence depend on what is put into empty bins: here ½ is added to every count, Evidently writes 0.0001, so the two are compared where no bin is empty. χ² is compared where NannyML does not correct for two categories. What monitors show of numbers comes from 20 bins of the reference: the bound beside those differences is the `error_bound` that an answer states. It is wide where few rows lie in a long tail.',
    rows: driftMethods(),
  },
  {
    title: 'Second opinions on a column',
    text: 'What `GET /v1/models/{model}/drift/tests` answers, each side with all its rows. Where values repeat, p of Anderson–Darling and Cramér–von Mises is by permutation here and is not compared; of Kolmogorov–Smirnov and χ² see above.',
    rows: opinionMethods(),
  },
  {
    title: 'Default rules of other libraries',
    text: '`GET /v1/models/{model}/drift?profile=evidently` and `profile=nannyml`: the method, the binning and the threshold that the library chooses by itself. Data: title (reference rows/current rows). Tests have their p-value as value.',
    rows: libraryDefaults(),
  },
  {
    title: 'Drift of all columns together',
    text: 'Mean reconstruction error of a window of mixed columns, 2000 reference rows. The domain classifier is another learner than LightGBM and has no row here; its AUC is held to within 0.03 of NannyML’s.',
    rows: multivariateMethods(),
  },
  {
    title: 'Performance and intervals',
    text: 'From raw rows where the method has such a form; marked where the value comes from the mergeable histograms: 1000 bins of a score, 100 of a class’s probability.',
    rows: [...performanceMethods(), ...performanceScores(), ...classAucs()],
  },
  {
    title: 'Fairness',
    text: 'Rates of groups and how far they lie apart, on data where every group has every rate: fairlearn takes 0 for the true positive rate of a group without positives, here such a group has none.',
    rows: fairnessMethods(),
  },
  {
    title: 'Two columns together',
    text: 'Measures of association from the same rows. The correlation ratio is taken from the F statistic of scipy’s one-way analysis of variance.',
    rows: associationMethods(),
  },
  {
    title: 'Performance without labels',
    text: 'CBPE from 1000 score bins here, from rows there, with NannyML’s decision whether to calibrate, which hangs on its random folds where scores are calibrated already. DLE here by another learner than LightGBM: 2 % of the value is what the page stands for.',
    rows: estimationMethods(),
  },
  {
    title: 'Worst slices and contributions',
    text: 'The best slices of tables of random codes, by SliceLine’s score; exact Shapley values of a function with a product and a sine.',
    rows: rootCauseMethods(),
  },
];

describe.each(sections)('$title', ({ rows }) => {
  it.each(rows.map((row) => [row.method, row.data, row] as const))('%s on %s', (_, __, row) => {
    const gap = Math.abs(row.ours - row.theirs) / Math.max(1, Math.abs(row.theirs));
    expect(gap, `${row.ours} here, ${row.theirs} there`).toBeLessThanOrEqual(row.tolerance + 1e-9);
  });
});

it('the page tells these numbers', async () => {
  await expect(writePage(sections)).toMatchFileSnapshot(
    '../../../../docs/metrics/compared-with-reference-implementations.md',
  );
});
