import {
  energyDistance,
  eppsSingleton,
  maximumMeanDiscrepancy,
  scaledWasserstein,
  tTest,
  wasserstein,
} from '@plumbline/stats';
import { atOnce } from './at-once.ts';
import { drawValues } from './draw-values.ts';
import type { DistributionTest } from './finding.ts';
import { groupPermutationP } from './group-permutation-p.ts';
import { type NumericSides, seeded, withoutNumber } from './numeric-sides.ts';

const mostKernelRows = 1000;

function ofT(variances: 'equal' | 'unequal') {
  return atOnce((sides: NumericSides) => {
    const found = tTest(sides.reference, sides.current, variances);
    if (!found) return withoutNumber(sides);
    return { value: found.statistic, p: { value: found.pValue, method: 'asymptotic' } };
  });
}

const welch: DistributionTest<NumericSides> = {
  test: 'welch_t',
  title: 'Welch’s t',
  measures: 't, positive when the mean of the window is larger',
  sensitiveTo: 'A moved mean alone; few far values can hide it or feign it.',
  minN: 30,
  run: ofT('unequal'),
};

const student: DistributionTest<NumericSides> = {
  test: 'student_t',
  title: 'Student’s t',
  measures: 't of one common variance, positive when the mean of the window is larger',
  sensitiveTo:
    'A moved mean where the spread is the same; misleads when spread and number of rows both differ.',
  minN: 30,
  run: ofT('equal'),
};

const epps: DistributionTest<NumericSides> = {
  test: 'epps_singleton',
  title: 'Epps–Singleton',
  measures: 'Wald statistic of the characteristic functions, above 0',
  sensitiveTo: 'Spread and shape, also of values that repeat; says little of far tails.',
  minN: 25,
  run: atOnce((sides: NumericSides) => {
    const found = eppsSingleton(sides.reference, sides.current);
    if (!found) return withoutNumber(sides);
    return { value: found.statistic, p: { value: found.pValue, method: 'asymptotic' } };
  }),
};

const normed: DistributionTest<NumericSides> = {
  test: 'wasserstein_normed',
  title: 'Wasserstein, in standard deviations',
  measures: 'Mean distance values moved ÷ standard deviation of the reference',
  sensitiveTo: 'Any change, weighted by how far values moved; a few far values can make it.',
  minN: 30,
  run: atOnce((sides: NumericSides) => {
    const { reference, current } = sides;
    const mean = reference.reduce((sum, value) => sum + value / reference.length, 0);
    const variance = reference.reduce((sum, value) => sum + (value - mean) ** 2 / reference.length, 0);
    const value = (wasserstein(reference, current) ?? Number.NaN) / Math.sqrt(variance);
    if (reference.every((one) => one === reference[0])) return 'constant';
    return Number.isFinite(value) ? { value } : 'degenerate';
  }),
};

const scaled: DistributionTest<NumericSides> = {
  test: 'wasserstein_scaled',
  title: 'Wasserstein, as a share of the range',
  measures: 'Mean distance values moved ÷ range, without the outer 2.5 % of each side, 0 to 1',
  sensitiveTo: 'Movement of the bulk of the values; blind to the far tails.',
  minN: 100,
  run: atOnce((sides: NumericSides) => {
    const value = scaledWasserstein(sides.reference, sides.current);
    if (value === undefined || sides.groups.values.length < 2) return withoutNumber(sides);
    return { value };
  }),
};

const energy: DistributionTest<NumericSides> = {
  test: 'energy_distance',
  title: 'Energy distance',
  measures: '√(2∫(F−G)²), in square roots of the unit of the column',
  sensitiveTo: 'Any change, weighted by how far values moved.',
  minN: 30,
  *run(sides) {
    const value = energyDistance(sides.groups);
    if (value === undefined || sides.groups.values.length < 2) return withoutNumber(sides);
    const p = yield* groupPermutationP(sides.groups, (groups) => energyDistance(groups) ?? 0, seeded());
    return { value, p: { value: p, method: 'permutation' } };
  },
};

const kernel: DistributionTest<NumericSides> = {
  test: 'mmd',
  title: 'Maximum mean discrepancy',
  measures:
    'MMD² with a Gaussian kernel as wide as the median distance, unbiased, so slightly below 0 at times',
  sensitiveTo: 'Any change about as wide as the middle half of the values. Of at most 1,000 values a side.',
  minN: 50,
  *run(sides) {
    if (sides.groups.values.length < 2) return 'constant';
    const { random, permutations } = seeded();
    const reference = drawValues(sides.reference, mostKernelRows, random);
    const current = drawValues(sides.current, mostKernelRows, random);
    const found = yield* maximumMeanDiscrepancy(reference, current, { permutations, random });
    if (!found) return 'degenerate';
    const rows = { reference: reference.length, current: current.length };
    return { value: found.value, p: { value: found.pValue, method: 'permutation' }, rows };
  },
};

/** Tests that compare the values themselves. */
export const valueTests: readonly DistributionTest<NumericSides>[] = [
  welch,
  student,
  epps,
  normed,
  scaled,
  energy,
  kernel,
];
