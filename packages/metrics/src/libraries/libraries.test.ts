import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evidentlyDrift } from './evidently-drift.ts';
import type { ColumnValues, RawColumn } from './library-drift.ts';
import { nannymlDrift } from './nannyml-drift.ts';

interface Answer {
  value: number;
  threshold: number;
  drifted: boolean;
}
interface Case {
  title: string;
  kind: 'numeric' | 'categorical';
  evidently: Answer & { method: string };
  nannyml: Answer;
  reference: ColumnValues;
  current: ColumnValues;
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/libraries.fixture.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

const words = new Map([
  ['K-S p_value', 'evidently_ks'],
  ['chi-square p_value', 'evidently_chisquare'],
  ['Z-test p_value', 'evidently_z'],
  ['Wasserstein distance (normed)', 'evidently_wasserstein'],
  ['Jensen-Shannon distance', 'evidently_jensenshannon'],
]);

const within = (actual: number | null, expected: number) =>
  expect(Math.abs((actual ?? Number.NaN) - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(1e-8);

describe.each(cases)('$title ($kind)', ({ kind, reference, current, evidently, nannyml }) => {
  it('has the method, the value and the verdict that Evidently gives', () => {
    const drift = evidentlyDrift({ kind, reference, current });
    expect(drift).toMatchObject({
      metric: words.get(evidently.method),
      threshold: evidently.threshold,
      drifted: evidently.drifted,
      status: 'ok',
    });
    within(drift.value, evidently.value);
  });

  it('has the value, the threshold and the verdict that NannyML gives', () => {
    const drift = nannymlDrift({ kind, reference, current });
    expect(drift).toMatchObject({ drifted: nannyml.drifted, status: 'ok' });
    within(drift.value, nannyml.value);
    within(drift.threshold, nannyml.threshold);
  });
});

describe.each([
  ['evidently', evidentlyDrift],
  ['nannyml', nannymlDrift],
])('%s without values', (_, rule) => {
  it.each<[string, RawColumn]>([
    ['no reference', { kind: 'numeric', reference: [], current: [1, 2] }],
    ['no current rows', { kind: 'numeric', reference: [1, 2], current: [] }],
    ['only missing values', { kind: 'categorical', reference: [null], current: ['a'] }],
  ])('says empty: %s', (__, column) => {
    expect(rule(column)).toMatchObject({ value: null, threshold: null, drifted: false, status: 'empty' });
  });
});

it('needs ten reference rows to cut them into chunks as NannyML does', () => {
  expect(nannymlDrift({ kind: 'numeric', reference: [1, 2, 3], current: [1] }).status).toBe(
    'insufficient_data',
  );
});
