import { secondOpinionsAnswer } from '@plumbline/contracts';
import { createRandom } from '@plumbline/learn';
import { normalQuantile } from '@plumbline/stats';
import { describe, expect, test } from 'vitest';
import { finish } from '../multivariate/finish-fixture.ts';
import { type OpinionValues, secondOpinions } from './second-opinions.ts';

const whole = { reference: false, current: false };
const ask = (reference: OpinionValues, current: OpinionValues, isSampled = whole) =>
  finish(secondOpinions({ reference, current, isSampled }));
type Opinions = ReturnType<typeof ask>;
const named = (opinions: Opinions, test: string) => {
  const found = opinions.find((opinion) => opinion.test === test);
  if (!found) throw new Error(`no ${test}`);
  return found;
};

const numbers = ['ks', 'mann_whitney', 'anderson_darling', 'cramer_von_mises', 'welch_t', 'student_t'];
const others = ['epps_singleton', 'wasserstein_normed', 'wasserstein_scaled', 'energy_distance', 'mmd'];
const categories = ['chi_square', 'g_test', 'cramers_v', 'fisher_exact', 'two_proportion_z'];

const random = createRandom(5);
const draw = (n: number, value: () => number) => Float64Array.from({ length: n }, value);
const normal = () => normalQuantile(random() * (1 - 1e-12) + 5e-13) ?? 0;
const poisson = () => Math.floor(-Math.log(1 - random()) * 3);
const coin = () => (random() < 0.3 ? 1 : 0);
const letters = (n: number, all: string) =>
  Array.from({ length: n }, () => all[Math.floor(random() * all.length)] ?? null);

describe('which tests are asked', () => {
  test('numbers: every test of numbers, in the shape of the contract', () => {
    const opinions = ask(draw(200, normal), draw(150, normal));
    expect(opinions.map((opinion) => opinion.test)).toEqual([...numbers, ...others.slice(0, 5)]);
    expect(secondOpinionsAnswer.shape.tests.parse(opinions)).toEqual(opinions);
    for (const opinion of opinions)
      expect(opinion).toMatchObject({ status: 'ok', n_reference: 200, n_current: 150, exactness: 'exact' });
  });

  test('numbers of few values: those of categories too', () => {
    const opinions = ask(draw(200, coin), draw(150, coin));
    expect(opinions.map((opinion) => opinion.test)).toEqual([...numbers, ...others, ...categories]);
  });

  test('texts: those of categories; what fits two values alone says so', () => {
    const opinions = ask(letters(200, 'abc'), letters(150, 'abc'));
    expect(opinions.map((opinion) => opinion.test)).toEqual(categories);
    expect(named(opinions, 'fisher_exact')).toMatchObject({ status: 'not_applicable', value: null });
    expect(named(ask(letters(200, 'ab'), letters(150, 'ab')), 'fisher_exact')).toMatchObject({
      status: 'ok',
      p_method: 'exact',
    });
  });
});

describe('where there is no value, the status says why', () => {
  test.each<[string, OpinionValues, OpinionValues, string]>([
    ['nothing on one side', new Float64Array(0), draw(50, normal), 'empty'],
    ['missing values alone', new Float64Array(50).fill(Number.NaN), draw(50, normal), 'empty'],
    ['texts missing', [null, null], ['a'], 'empty'],
    ['a few rows', draw(3, normal), draw(500, normal), 'insufficient_data'],
    ['one value', new Float64Array(200).fill(7), new Float64Array(200).fill(7), 'constant'],
    ['one text', new Array<string>(200).fill('a'), new Array<string>(200).fill('a'), 'constant'],
  ])('%s', (_, reference, current, status) => {
    for (const opinion of ask(reference, current)) {
      // Four rows are enough for Fisher, and a value too many for it.
      if (opinion.test === 'fisher_exact' && status === 'insufficient_data') continue;
      expect(opinion).toMatchObject({ value: null, p_value: null, p_bound: null, p_method: null, status });
    }
  });

  test.each<[string, number, number]>([
    ['huge', 1.7e308, -1.7e308],
    ['tiny', 5e-324, 0],
    ['large with little spread', 1e15, 1e15 + 0.25],
  ])('%s values never give a number that is not finite', (_, low, high) => {
    const side = (shift: number) =>
      Float64Array.from({ length: 120 }, (_, i) => (i % 3 < shift ? low : high));
    for (const opinion of ask(side(1), side(2))) {
      expect(opinion.value === null).toBe(opinion.status !== 'ok');
      for (const value of [opinion.value, opinion.p_value])
        expect(value === null || Number.isFinite(value)).toBe(true);
    }
  });
});

test('missing and infinite values are left out, and counted nowhere', () => {
  const [reference, current] = [draw(120, normal), draw(100, normal)];
  const holes = Float64Array.of(Number.NaN, Infinity, -Infinity);
  const withHoles = (values: Float64Array) =>
    Float64Array.of(...values.slice(0, 50), ...holes, ...values.slice(50));
  expect(ask(withHoles(reference), withHoles(current))).toEqual(ask(reference, current));
  expect(ask([null, 'a', 'b'], ['b', null])).toEqual(ask(['a', 'b'], ['b']));
});

test('a side with more rows, or a test that takes fewer, is called sampled', () => {
  const opinions = ask(draw(1200, normal), draw(300, normal));
  expect(named(opinions, 'ks')).toMatchObject({ exactness: 'exact', n_reference: 1200 });
  expect(named(opinions, 'mmd')).toMatchObject({ exactness: 'sampled', n_reference: 1000, n_current: 300 });
  const sampled = ask(draw(100, normal), draw(100, normal), { reference: true, current: false });
  expect(sampled.every(({ exactness }) => exactness === 'sampled')).toBe(true);
});

test('the same values give the same answer', () => {
  const [reference, current] = [draw(1500, poisson), draw(400, poisson)];
  expect(ask(reference, current)).toEqual(ask(reference, current));
});

describe('of rows drawn from one distribution', () => {
  const distributions: Record<string, () => number> = { normal, poisson, coin };
  test.each(Object.entries(distributions))(
    '%s, no test says "changed" more often than it should',
    (_, value) => {
      const runs = 60;
      const below = new Map<string, number>();
      for (let run = 0; run < runs; run++)
        for (const { test: name, p_value: p } of ask(draw(90, value), draw(60, value)))
          if (p !== null && p < 0.05) below.set(name, (below.get(name) ?? 0) + 1);
      // Eleven of sixty at a chance of 0.05 each: less than once in ten thousand.
      for (const [name, count] of below) expect(count, name).toBeLessThan(11);
    },
  );

  test('repeated values take permutations where a table assumes none', () => {
    const opinions = ask(draw(90, coin), draw(60, coin));
    expect(named(opinions, 'cramer_von_mises').p_method).toBe('permutation');
    expect(named(opinions, 'anderson_darling').p_method).toBe('permutation');
    expect(named(opinions, 'ks').p_bound).toBe('at_most');
    expect(named(ask(draw(90, normal), draw(60, normal)), 'cramer_von_mises').p_method).toBe('asymptotic');
  });
});

describe('of rows that changed', () => {
  const p = (opinions: Opinions, name: string) => named(opinions, name).p_value ?? 1;

  test('a shift is found by every test, with its direction', () => {
    const opinions = ask(
      draw(400, normal),
      draw(300, () => normal() + 1),
    );
    for (const name of numbers.concat('epps_singleton', 'energy_distance', 'mmd'))
      expect(p(opinions, name), name).toBeLessThanOrEqual(0.005);
    expect(named(opinions, 'welch_t').value).toBeGreaterThan(5);
    expect(named(opinions, 'mann_whitney').value).toBeGreaterThan(0.6);
    expect(named(opinions, 'anderson_darling').p_bound).toBe('at_most');
  });

  test('a change of spread alone is missed by the tests said to be blind to it', () => {
    const opinions = ask(
      draw(400, normal),
      draw(300, () => normal() * 2),
    );
    for (const name of ['mann_whitney', 'welch_t']) expect(p(opinions, name), name).toBeGreaterThan(0.01);
    for (const name of ['ks', 'anderson_darling', 'epps_singleton', 'energy_distance', 'mmd'])
      expect(p(opinions, name), name).toBeLessThan(0.01);
  });

  test('other shares are found by the tests of categories', () => {
    const opinions = ask(letters(400, 'aab'), letters(300, 'abb'));
    for (const name of ['chi_square', 'g_test', 'fisher_exact', 'two_proportion_z'])
      expect(p(opinions, name), name).toBeLessThan(0.001);
    expect(named(opinions, 'cramers_v').value).toBeGreaterThan(0.2);
  });
});
