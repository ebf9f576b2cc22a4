import { chiSquare, cramersV, fisherExact, gTest, twoProportionZ } from '@plumbline/stats';
import { atOnce } from './at-once.ts';
import type { DistributionTest, Outcome } from './finding.ts';

/** Rows of every value that either side has. */
export interface CategorySides {
  reference: number[];
  current: number[];
}

const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);

/** Without a table to test: one value, or too few rows of all others. */
const withoutTable = ({ reference }: CategorySides) =>
  reference.length < 2 ? 'constant' : 'insufficient_data';

/** Of two values, one of them counts as success. */
const ofTwoValues = (run: (hits: number, n: number, hitsNow: number, nNow: number) => Outcome) =>
  atOnce(({ reference, current }: CategorySides) => {
    if (reference.length < 2) return 'constant';
    if (reference.length > 2) return 'not_applicable';
    return run(reference[0] ?? 0, total(reference), current[0] ?? 0, total(current));
  });

const pooling = 'Values of which fewer than 5 rows are expected count as one.';

const chi: DistributionTest<CategorySides> = {
  test: 'chi_square',
  title: 'χ²',
  measures: 'Pearson’s χ² of the contingency table, above 0',
  sensitiveTo: `Any change of shares, most of frequent values. ${pooling}`,
  minN: 30,
  run: atOnce((sides: CategorySides) => {
    const found = chiSquare(sides.reference, sides.current);
    if (!found || found.df < 1) return withoutTable(sides);
    return { value: found.statistic, p: { value: found.pValue, method: 'asymptotic' } };
  }),
};

const likelihood: DistributionTest<CategorySides> = {
  test: 'g_test',
  title: 'G-test',
  measures: 'Twice the logarithm of the likelihood ratio, above 0',
  sensitiveTo: `As χ², a little more of values that become rare. ${pooling}`,
  minN: 30,
  run: atOnce((sides: CategorySides) => {
    const found = gTest(sides.reference, sides.current);
    if (!found) return withoutTable(sides);
    return { value: found.statistic, p: { value: found.pValue, method: 'asymptotic' } };
  }),
};

const association: DistributionTest<CategorySides> = {
  test: 'cramers_v',
  title: 'Cramér’s V',
  measures: 'How well the side tells the value, bias-corrected, 0 to 1',
  sensitiveTo: 'The size of the change, whatever the number of rows; no test.',
  minN: 100,
  run: atOnce((sides: CategorySides) => {
    const found = chiSquare(sides.reference, sides.current);
    if (!found || found.df < 1) return withoutTable(sides);
    const n = total(sides.reference) + total(sides.current);
    const value = cramersV({ statistic: found.statistic, n, rows: 2, columns: found.df + 1 });
    return value === undefined ? 'degenerate' : { value };
  }),
};

const fisher: DistributionTest<CategorySides> = {
  test: 'fisher_exact',
  title: 'Fisher’s exact test',
  measures: 'Change of the share of either value, 0 to 1',
  sensitiveTo: 'A change between two values, however few rows; of columns with two values.',
  minN: 1,
  run: ofTwoValues((hits, n, hitsNow, nNow) => {
    const p = fisherExact(hits, n, hitsNow, nNow);
    if (p === undefined) return 'degenerate';
    return { value: Math.abs(hitsNow / nNow - hits / n), p: { value: p, method: 'exact' } };
  }),
};

const proportions: DistributionTest<CategorySides> = {
  test: 'two_proportion_z',
  title: 'Z of two proportions',
  measures: 'Change of the share in standard errors, without sign',
  sensitiveTo: 'A change between two values, of many rows; of columns with two values.',
  minN: 30,
  run: ofTwoValues((hits, n, hitsNow, nNow) => {
    if (Math.min(hits + hitsNow, n + nNow - hits - hitsNow) < 10) return 'insufficient_data';
    const found = twoProportionZ(hits, n, hitsNow, nNow);
    if (!found) return 'degenerate';
    return { value: Math.abs(found.statistic), p: { value: found.pValue, method: 'asymptotic' } };
  }),
};

/** Every test of categories. */
export const categoryTests: readonly DistributionTest<CategorySides>[] = [
  chi,
  likelihood,
  association,
  fisher,
  proportions,
];
