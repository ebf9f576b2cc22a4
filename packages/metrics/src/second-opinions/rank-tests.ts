import {
  andersonDarlingPValue,
  andersonDarlingStatistic,
  cramerVonMisesPValue,
  cramerVonMisesStatistic,
  ksPValue,
  ksStatistic,
  mannWhitney,
  type PooledGroups,
} from '@plumbline/stats';
import { atOnce } from './at-once.ts';
import type { DistributionTest } from './finding.ts';
import { groupPermutationP } from './group-permutation-p.ts';
import { type NumericSides, seeded, withoutNumber } from './numeric-sides.ts';

/** Pairs of rows up to which p of Kolmogorov–Smirnov is counted out. */
const exactPairs = 1e6;
/** Rows of a side up to which p of Cramér–von Mises is. */
const exactRows = 20;

const hasTies = ({ values, n1, n2 }: PooledGroups) => values.length < n1 + n2;

const ks: DistributionTest<NumericSides> = {
  test: 'ks',
  title: 'Kolmogorov–Smirnov',
  measures: 'Largest gap between the cumulative shares, 0 to 1',
  sensitiveTo: 'A shift or another shape near the middle; weak in the tails.',
  minN: 30,
  run: atOnce((sides: NumericSides) => {
    const { reference, current, groups } = sides;
    if (groups.values.length < 2) return 'constant';
    const value = ksStatistic(reference, current);
    const p = value === undefined ? undefined : ksPValue(value, reference.length, current.length, exactPairs);
    if (value === undefined || p === undefined) return withoutNumber(sides);
    const method = reference.length * current.length <= exactPairs ? 'exact' : 'asymptotic';
    return { value, p: { value: p, method, bound: hasTies(groups) ? 'at_most' : null } };
  }),
};

const mannWhitneyTest: DistributionTest<NumericSides> = {
  test: 'mann_whitney',
  title: 'Mann–Whitney',
  measures:
    'Chance that a value of the window exceeds one of the reference, 0 to 1; 0.5 when neither tends to be larger',
  sensitiveTo:
    'Values that tend to be larger or smaller, outliers or not; blind to a change of spread alone.',
  minN: 20,
  run: atOnce((sides: NumericSides) => {
    const found = mannWhitney(sides.groups);
    if (!found || sides.groups.values.length < 2) return withoutNumber(sides);
    return { value: found.superiority, p: { value: found.pValue, method: 'asymptotic' } };
  }),
};

const andersonDarling: DistributionTest<NumericSides> = {
  test: 'anderson_darling',
  title: 'Anderson–Darling',
  measures: 'Standardised statistic, about 0 when nothing differs',
  sensitiveTo: 'Changes in the tails as much as in the middle.',
  minN: 8,
  *run(sides) {
    const value = andersonDarlingStatistic(sides.groups);
    if (value === undefined) return withoutNumber(sides);
    if (!hasTies(sides.groups)) {
      const { pValue, bound } = andersonDarlingPValue(value);
      return { value, p: { value: pValue, method: 'interpolated', bound } };
    }
    const statistic = (groups: PooledGroups) => andersonDarlingStatistic(groups) ?? 0;
    const p = yield* groupPermutationP(sides.groups, statistic, seeded());
    return { value, p: { value: p, method: 'permutation' } };
  },
};

const cramerVonMises: DistributionTest<NumericSides> = {
  test: 'cramer_von_mises',
  title: 'Cramér–von Mises',
  measures: 'Summed squared gap between the cumulative shares (T), above 0',
  sensitiveTo: 'A difference along the whole range, more than one large gap.',
  minN: 20,
  *run(sides) {
    const { groups } = sides;
    const value = cramerVonMisesStatistic(groups);
    if (value === undefined) return withoutNumber(sides);
    if (groups.values.length < 2) return 'constant';
    if (hasTies(groups)) {
      const statistic = (mixed: PooledGroups) => cramerVonMisesStatistic(mixed) ?? 0;
      const p = yield* groupPermutationP(groups, statistic, seeded());
      return { value, p: { value: p, method: 'permutation' } };
    }
    const p = cramerVonMisesPValue(value, groups.n1, groups.n2);
    if (p === undefined) return 'degenerate';
    return {
      value,
      p: { value: p, method: Math.max(groups.n1, groups.n2) <= exactRows ? 'exact' : 'asymptotic' },
    };
  },
};

/** Tests that compare the order of the values. */
export const rankTests: readonly DistributionTest<NumericSides>[] = [
  ks,
  mannWhitneyTest,
  andersonDarling,
  cramerVonMises,
];
