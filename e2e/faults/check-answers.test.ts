import { expect, test } from 'vitest';
import { checkAnswers } from './check-answers.ts';
import { expectedByCountry, expectedGroup, type LabelledEvent } from './expected-answers.ts';
import { actualsOf, eventOf, idOf } from './rows.ts';

test('counts, accuracy and mean score follow from the rows', () => {
  const events: LabelledEvent[] = [
    { country: 'DE', score: 0.5, actual: 'yes' },
    { country: 'DE', score: 0.4, actual: 'yes' },
    { country: 'DE', score: 0.3, actual: 'no' },
    { country: 'FR', score: 1, actual: null },
  ];
  expect(expectedGroup(events)).toEqual({ volume: 4, labelled: 3, accuracy: 2 / 3, meanScore: 0.55 });
  expect(expectedByCountry(events).get('FR')).toEqual({
    volume: 1,
    labelled: 0,
    accuracy: null,
    meanScore: 1,
  });
});

test('an answer that is right passes and each one that differs is named', () => {
  const origin = { seed: 3, fromMs: Date.UTC(2026, 0, 1) };
  const ids = Array.from({ length: 200 }, (_, i) => i);
  const labels = new Map(
    ids.flatMap((i) => actualsOf(origin, i).map((row) => [row.prediction_id, row.actual_label])),
  );
  const events = ids.map((i) => {
    const { features, prediction_score: score } = eventOf(origin, i);
    return { country: features.country, score, actual: labels.get(idOf(i)) ?? null };
  });
  const all = expectedGroup(events);
  const answers = (change: number) => ({
    origin,
    labels,
    stored: ids.map((i) => ({ id: idOf(i), label: labels.get(idOf(i)) ?? null })),
    performance: {
      n_events: all.volume + change,
      n_labelled: all.labelled,
      metrics: [],
    },
    groups: {
      rows: [...expectedByCountry(events)].map(([country, own]) => ({
        group: { 'features.country': country },
        metrics: { volume: own.volume, accuracy: own.accuracy, mean_score: own.meanScore + change * 1e-8 },
        n: own.volume,
        n_labelled: own.labelled,
      })),
    },
  });
  const noAccuracy = [`accuracy: undefined instead of ${all.accuracy}`];
  expect(checkAnswers(answers(0))).toEqual(noAccuracy);
  expect(checkAnswers(answers(1))).toHaveLength(noAccuracy.length + 1 + 5);
});
