import type { FeatureColumn } from '@plumbline/learn';
import { describe, expect, it } from 'vitest';
import { type RandomNumbers, randomNumbers } from '../random-fixture.ts';
import { encodeSamples } from './encode-samples.ts';
import { reconstructionDrift } from './reconstruction-drift.ts';
import { referenceSample, windowSamples } from './sample-fixture.ts';

const { times } = referenceSample;

function drift(current: (typeof windowSamples)[number], windowMs = 1000) {
  const [reference = [], asked = []] = encodeSamples([referenceSample, current.sample]);
  return reconstructionDrift({ reference, current: asked, times, windowMs });
}

describe("beside NannyML's data reconstruction on the same rows", () => {
  it.each(windowSamples)('$title: the same mean error', (window) => {
    expect(drift(window).value).toBeCloseTo(window.reconstruction, 9);
  });

  it('alarms when columns no longer go together, not on equal rows', () => {
    const drifted = new Map(windowSamples.map((window) => [window.title, drift(window).drifted]));
    expect(drifted.get('columns no longer go together')).toBe(true);
    expect(drifted.get('equal')).toBe(false);
  });
});

describe('thresholds', () => {
  const column = (name: string, values: Float64Array): FeatureColumn => ({ name, kind: 'numeric', values });
  const draw = (rows: number, { normal }: RandomNumbers) => {
    const x = Float64Array.from({ length: rows }, normal);
    return [
      column('x', x),
      column(
        'y',
        x.map((value) => value + normal()),
      ),
      column('z', x.map(normal)),
    ];
  };
  const reference = draw(2000, randomNumbers(1));

  it('chance alone leaves them in fewer than 2 % of windows, however few rows those have', () => {
    const random = randomNumbers(2);
    const times = new Float64Array(2000);
    for (const rows of [50, 500]) {
      let alarms = 0;
      for (let run = 0; run < 100; run++)
        if (reconstructionDrift({ reference, current: draw(rows, random), times, windowMs: 1 }).drifted)
          alarms++;
      expect(alarms).toBeLessThan(3);
    }
  });

  it('are wider when windows of the reference differ from each other', () => {
    const times = Float64Array.from({ length: 2000 }, (_, row) => row);
    const restless = reference.map(({ name, values }) =>
      column(
        name,
        values.map((value, row) => (name === 'y' && row % 1000 > 500 ? -value : value)),
      ),
    );
    const limits = (columns: FeatureColumn[], windowMs: number) =>
      reconstructionDrift({ reference: columns, current: reference, times, windowMs });
    const [known, unknown] = [limits(restless, 250), limits(restless, 5000)];
    expect(known.reference_values).toHaveLength(8);
    expect(known.threshold_from).toBe('reference_windows');
    expect(unknown.reference_values).toEqual([]);
    expect(unknown.threshold_from).toBe('sampling_error');
    expect(known.threshold).toBeGreaterThan((unknown.threshold ?? 0) * 1.1);
  });

  it('columns that do not vary in the reference are named and left out', () => {
    const constant = column('constant', new Float64Array(2000).fill(3));
    const current = [...draw(100, randomNumbers(3)), column('constant', new Float64Array(100).fill(1e6))];
    const found = reconstructionDrift({
      reference: [...reference, constant],
      current,
      times: new Float64Array(2000),
      windowMs: 1,
    });
    expect(found.left_out).toEqual(['constant']);
    expect(found.drifted).toBe(false);
  });

  it.each<[string, FeatureColumn[], FeatureColumn[]]>([
    ['empty', reference, draw(0, randomNumbers(4))],
    ['insufficient_data', reference, draw(29, randomNumbers(4))],
    ['constant', reference.slice(0, 1), draw(100, randomNumbers(4)).slice(0, 1)],
    [
      'not_applicable',
      Array.from({ length: 301 }, (_, i) => column(`c${i}`, new Float64Array(2000))),
      Array.from({ length: 301 }, (_, i) => column(`c${i}`, new Float64Array(100))),
    ],
  ])('answers %s without a value or an alarm', (status, before, current) => {
    const times = new Float64Array(2000);
    const found = reconstructionDrift({ reference: before, current, times, windowMs: 1 });
    expect(found).toMatchObject({ status, value: null, threshold: null, drifted: false });
  });
});
