import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type FlightFeatures,
  featureNames,
  loadFlightModel,
  rowEncoder,
  scoreMargin,
  sigmoid,
} from './model.ts';

interface FixtureRow {
  features: FlightFeatures;
  probability: number;
}
const fixture: FixtureRow[] = JSON.parse(
  readFileSync(new URL('./model.fixture.json', import.meta.url), 'utf8'),
);
const model = loadFlightModel();
const encode = rowEncoder(model);
const score = (features: FlightFeatures) => sigmoid(scoreMargin(model, encode(features)));

describe('the flight model', () => {
  test('gives the probabilities of the trained LightGBM model to 1e-9', () => {
    expect(fixture).toHaveLength(200);
    for (const { features, probability } of fixture) {
      expect(Math.abs(score(features) - probability), JSON.stringify(features)).toBeLessThan(1e-9);
    }
  });

  test('is compared on missing shares and on airports unseen in training', () => {
    const known = new Set(model.features.find((feature) => feature.name === 'origin')?.categories);
    expect(fixture.some(({ features }) => features.origin_late_share_1h === null)).toBe(true);
    expect(fixture.some(({ features }) => !known.has(features.origin))).toBe(true);
  });

  test('lists its features in the order the trees index them', () => {
    expect(model.features.map((feature) => feature.name)).toEqual([...featureNames]);
  });

  test('has the figures that the README prints', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const rows = readme
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim().replaceAll(',', '')));
    for (const [period, measured] of Object.entries(model.metrics)) {
      const shown = rows.find((cells) => cells[1] === period)?.map(Number);
      expect(shown?.slice(2, 6), period).toEqual([
        measured.n,
        measured.late_share,
        measured.mean_score,
        measured.roc_auc,
      ]);
    }
  });
});
