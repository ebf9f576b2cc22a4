import { finish } from '../multivariate/finish-fixture.ts';
import { secondOpinions } from '../second-opinions/second-opinions.ts';
import { type Compared, compared, readJson, type Versions } from './compared-fixture.ts';

type Answer = { value: number; pValue: number } | null;
interface Case {
  title: string;
  andersonDarling: Answer;
  cramerVonMises: Answer;
  eppsSingleton: Answer;
  mannWhitney: Answer;
  student: Answer;
  welch: Answer;
  energyDistance: number;
  maximumMeanDiscrepancy: number;
  scaledWasserstein: number;
}

const shown = new Set(['normal 200/150 shift 0.3', 'lognormal 200/150', 'cauchy 200/150', 'poisson 200/150']);
/** Special functions agree to this. */
const tolerance = 1e-8;

/** What second opinions answer beside scipy; p where both take it from the same table or distribution. */
export function opinionMethods(): Compared[] {
  const { versions, samples } = readJson<{ versions: Versions; samples: Case[] }>(
    'stats/fixtures/distribution-tests.fixture.json',
  );
  const { cases } = readJson<{ cases: { title: string; a: number[]; b: number[] }[] }>(
    'stats/fixtures/samples.fixture.json',
  );
  const library = `scipy ${versions.scipy}`;
  return samples
    .filter(({ title }) => shown.has(title))
    .flatMap((row) => {
      const { a = [], b = [] } = cases.find(({ title }) => title === row.title) ?? {};
      const sides = { reference: Float64Array.from(a), current: Float64Array.from(b) };
      const opinions = finish(secondOpinions({ ...sides, isSampled: { reference: false, current: false } }));
      const theirs: [test: string, value: number | undefined, p?: number | undefined][] = [
        ['mann_whitney', row.mannWhitney?.value, row.mannWhitney?.pValue],
        ['anderson_darling', row.andersonDarling?.value, row.andersonDarling?.pValue],
        ['cramer_von_mises', row.cramerVonMises?.value, row.cramerVonMises?.pValue],
        ['welch_t', row.welch?.value, row.welch?.pValue],
        ['student_t', row.student?.value, row.student?.pValue],
        ['epps_singleton', row.eppsSingleton?.value, row.eppsSingleton?.pValue],
        ['wasserstein_scaled', row.scaledWasserstein],
        ['energy_distance', row.energyDistance],
        ['mmd', row.maximumMeanDiscrepancy],
      ];
      return theirs.flatMap(([test, value, p]) => {
        const own = opinions.find((opinion) => opinion.test === test);
        const of = own?.title ?? test;
        return [
          compared(of, row.title, own?.value, value ?? Number.NaN, library, tolerance),
          ...(p === undefined || own?.p_method === 'permutation'
            ? []
            : [compared(`${of}, p`, row.title, own?.p_value, p, library, tolerance)]),
        ];
      });
    })
    .sort((x, y) => (x.method < y.method ? -1 : Number(x.method > y.method)));
}
