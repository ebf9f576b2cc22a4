import { averageRanks, pearsonCorrelation } from '@plumbline/stats';
import { associateColumns } from '../quality/associate-columns.ts';
import { codeColumn } from '../quality/coded-columns.ts';
import { type Compared, compared, readJson, type Versions } from './compared-fixture.ts';

interface Fixture {
  versions: Versions;
  numeric: { title: string; x: number[]; y: number[]; pearson: number; spearman: number }[];
  categorical: {
    title: string;
    a: number[];
    b: number[];
    values: number[];
    cramers_v: number;
    eta: number;
  }[];
}

const { versions, numeric, categorical } = readJson<Fixture>('stats/fixtures/associations.fixture.json');
const of = (library: string) => `${library} ${versions[library]}`;

function ofNumbers({ title, x, y, pearson, spearman }: Fixture['numeric'][number]): Compared[] {
  const pair = [Float64Array.from(x), Float64Array.from(y)] as const;
  const ranks = pearsonCorrelation(averageRanks(pair[0]), averageRanks(pair[1]));
  return [
    compared('Pearson’s correlation', title, pearsonCorrelation(...pair), pearson, of('pandas')),
    compared('Spearman’s correlation', title, ranks, spearman, of('scipy')),
  ];
}

function ofCategories({ title, a, b, values, cramers_v, eta }: Fixture['categorical'][number]): Compared[] {
  const coded = (codes: number[]) => codeColumn(codes.map(String), codes.map(String)).current;
  const numbers = Float64Array.from(values);
  const mixed = associateColumns(coded(a), codeColumn(numbers, numbers).current);
  return [
    compared('Cramér’s V', title, associateColumns(coded(a), coded(b)).value, cramers_v, of('evidently')),
    compared('correlation ratio', title, mixed.value, eta, of('scipy')),
  ];
}

/** Measures of how two columns go together. */
export const associationMethods = (): Compared[] => [
  ...numeric.flatMap(ofNumbers),
  ...categorical.flatMap(ofCategories),
];
