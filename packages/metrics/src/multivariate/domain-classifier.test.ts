import { readFileSync } from 'node:fs';
import type { FeatureColumn } from '@plumbline/learn';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../random-fixture.ts';
import { domainClassifier } from './domain-classifier.ts';
import { encodeSamples } from './encode-samples.ts';
import { finish } from './finish-fixture.ts';
import { referenceSample, windowSamples } from './sample-fixture.ts';
import { separate } from './separate.ts';

const column = (name: string, values: Float64Array): FeatureColumn => ({ name, kind: 'numeric', values });
const classify = (input: Parameters<typeof domainClassifier>[0]) => finish(domainClassifier(input));

describe("beside NannyML's domain classifier on the same rows", () => {
  const results = windowSamples.map((window) => {
    const [reference = [], current = []] = encodeSamples([referenceSample, window.sample]);
    const times = new Float64Array(referenceSample.rows);
    return { ...window, found: classify({ reference, current, times, windowMs: 1 }) };
  });

  it.each(results)(
    '$title: the AUC of the two learners differs by less than 0.03',
    ({ found, classifier }) => {
      expect(Math.abs((found.value ?? 0) - classifier)).toBeLessThan(0.03);
    },
  );

  it('the page of the docs shows these values', () => {
    const page = readFileSync(
      new URL('../../../../docs/metrics/multivariate-drift.md', import.meta.url),
      'utf8',
    );
    for (const { title, found, classifier } of results)
      expect(page.replaceAll(/ +/g, ' ')).toContain(
        `| ${title} | ${found.value?.toFixed(4)} | ${classifier.toFixed(4)} |`,
      );
  });

  it('the columns that changed separate most', () => {
    const first = new Map(results.map(({ title, found }) => [title, found.features[0]?.column]));
    expect(first.get('other categories')).toBe('e');
    expect(first.get('an unseen category')).toBe('e');
    expect(['c', 'e']).toContain(first.get('more missing'));
    expect(['a', 'b']).toContain(first.get('columns no longer go together'));
  });

  it('alarms on what changed much, not on equal rows, and equal rows give an equal answer', () => {
    const drifted = new Map(results.map(({ title, found }) => [title, found.drifted]));
    expect(drifted.get('equal')).toBe(false);
    expect(drifted.get('large shift')).toBe(true);
    const [reference = [], current = []] = encodeSamples([
      referenceSample,
      windowSamples[0]?.sample ?? referenceSample,
    ]);
    const times = new Float64Array(referenceSample.rows);
    expect(classify({ reference, current, times, windowMs: 1 })).toEqual(results[0]?.found);
  });
});

describe('chance', () => {
  it('gives an AUC about 0.5, and p below 0.05 in at most about a twentieth of runs', () => {
    const random = randomNumbers(5).uniform;
    const draw = (rows: number) =>
      [1, 2, 3].map((i) => column(`c${i}`, Float64Array.from({ length: rows }, random)));
    const runs = Array.from({ length: 60 }, (_, seed) =>
      finish(separate(draw(150), draw(150), { seed, learner: 'trees' })),
    );
    const mean = runs.reduce((sum, { auc }) => sum + auc, 0) / runs.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
    expect(runs.filter(({ pValue }) => pValue < 0.05).length).toBeLessThanOrEqual(7);
  });
});

describe('columns that go with time', () => {
  const random = randomNumbers(6).uniform;
  const rows = 1500;
  const times = Float64Array.from({ length: rows }, (_, row) => row);
  const reference = [
    column(
      'day',
      times.map((time) => Math.floor(time / 10)),
    ),
    column('x', times.map(random)),
  ];
  const current = [
    column('day', new Float64Array(300).fill(500)),
    column('x', Float64Array.from({ length: 300 }, random)),
  ];

  it('tell windows of the reference apart too, so the threshold is beyond reach', () => {
    const found = classify({ reference, current, times, windowMs: 300 });
    expect(found).toMatchObject({ status: 'ok', threshold_from: 'reference_windows', drifted: false });
    expect(found.value).toBeGreaterThan(0.99);
    expect(found.reference_values).toHaveLength(5);
    expect(found.threshold).toBeGreaterThan(0.9);
    const again = classify({
      reference,
      current,
      times,
      windowMs: 300,
      referenceValues: found.reference_values,
    });
    expect(again).toEqual(found);
  });

  it('alarm when the reference is too short to know', () => {
    const found = classify({ reference, current, times, windowMs: 1000 });
    expect(found).toMatchObject({ threshold_from: 'constant', threshold: 0.65, drifted: true });
    expect(found.features[0]?.column).toBe('day');
  });

  it.each<[string, FeatureColumn[], FeatureColumn[]]>([
    ['empty', reference, current.map(({ name }) => column(name, new Float64Array()))],
    ['insufficient_data', reference, current.map(({ name }) => column(name, new Float64Array(99)))],
    ['not_applicable', [], []],
  ])('answers %s without a value or an alarm', (status, before, after) => {
    const found = classify({ reference: before, current: after, times, windowMs: 300 });
    expect(found).toMatchObject({ status, value: null, threshold: null, drifted: false });
  });
});
