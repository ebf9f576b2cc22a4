import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type FeatureName,
  type FlightFeatures,
  type FlightModel,
  featureNames,
  loadFlightModel,
  rowEncoder,
  scoreMargin,
  sigmoid,
  type TreeNode,
} from './model.ts';
import { shapleyExplainer } from './shapley.ts';

interface FixtureRow {
  features: FlightFeatures;
  probability: number;
  base_value?: number;
  shap_values?: Record<FeatureName, number>;
}
const fixture: FixtureRow[] = JSON.parse(
  readFileSync(new URL('./model.fixture.json', import.meta.url), 'utf8'),
);
const model = loadFlightModel();

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

/** The definition itself: the mean gain of a feature over all orders of arrival, each coalition scored row by row. */
function shapleyByPermutation(given: FlightModel, features: FlightFeatures): Record<string, number> {
  const encode = rowEncoder(given);
  const known = new Map<string, number>();
  const value = (coalition: FeatureName[]) => {
    const key = [...coalition].sort().join();
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const scores = given.background.map((other) => {
      const mixed = { ...other, ...Object.fromEntries(coalition.map((name) => [name, features[name]])) };
      return sigmoid(scoreMargin(given, encode(mixed)));
    });
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    known.set(key, mean);
    return mean;
  };
  const orders = permutations(featureNames);
  const totals: Record<string, number> = Object.fromEntries(featureNames.map((name) => [name, 0]));
  for (const order of orders) {
    for (const [position, name] of order.entries()) {
      const gain = value(order.slice(0, position + 1)) - value(order.slice(0, position));
      totals[name] = (totals[name] ?? 0) + gain / orders.length;
    }
  }
  return totals;
}

const anyFlight: fc.Arbitrary<FlightFeatures> = fc.record({
  distance: fc.integer({ min: 20, max: 5000 }),
  origin: fc.constantFrom('ORD', 'ATL', 'LAX', 'MQT', ''),
  destination: fc.constantFrom('SFO', 'BOS', 'HNL', 'nowhere'),
  hour: fc.integer({ min: 0, max: 23 }),
  weekday: fc.constantFrom('Mon', 'Fri', 'Sun'),
  origin_departures_1h: fc.integer({ min: 0, max: 120 }),
  origin_late_share_1h: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
});

const sumOf = (values: Record<string, number>) =>
  Object.values(values).reduce((sum, value) => sum + value, 0);

describe('shapleyExplainer', () => {
  const explain = shapleyExplainer(model);

  test('base value plus contributions is the probability (efficiency)', () => {
    const encode = rowEncoder(model);
    fc.assert(
      fc.property(anyFlight, (features) => {
        const { baseValue, score, values } = explain(features);
        expect(Math.abs(baseValue + sumOf(values) - score)).toBeLessThan(1e-12);
        expect(Math.abs(score - sigmoid(scoreMargin(model, encode(features))))).toBeLessThan(1e-12);
      }),
      { numRuns: 100 },
    );
  });

  test('agrees with the exact explainer of Python shap to 1e-9', () => {
    const explained = fixture.filter((row) => row.shap_values);
    expect(explained.length).toBe(20);
    for (const { features, base_value, shap_values } of explained) {
      const attribution = explain(features);
      expect(attribution.baseValue).toBeCloseTo(base_value ?? Number.NaN, 9);
      for (const name of featureNames) {
        expect(attribution.values[name]).toBeCloseTo(shap_values?.[name] ?? Number.NaN, 9);
      }
    }
  });

  test('agrees with the mean gain over all 5040 orders of the features', () => {
    for (const { features } of fixture.slice(0, 3)) {
      const expected = shapleyByPermutation(model, features);
      const { values } = explain(features);
      for (const name of featureNames) expect(values[name]).toBeCloseTo(expected[name] ?? Number.NaN, 12);
    }
  });

  test('a feature that no tree splits on gets nothing (dummy)', () => {
    const dummy = featureNames.indexOf('origin_departures_1h');
    const usesDummy = (node: TreeNode): boolean =>
      typeof node !== 'number' && (node.feature === dummy || usesDummy(node.left) || usesDummy(node.right));
    const trees = model.trees.filter((tree) => !usesDummy(tree));
    expect(trees.length).toBeGreaterThan(5);
    const explainWithout = shapleyExplainer({ ...model, trees });
    fc.assert(
      fc.property(anyFlight, (features) => {
        expect(explainWithout(features).values.origin_departures_1h).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  test('a row explained against itself has no contributions', () => {
    for (const row of model.background.slice(0, 5)) {
      const { values } = shapleyExplainer({ ...model, background: [row] })(row);
      for (const name of featureNames) expect(values[name]).toBe(0);
    }
  });
});
