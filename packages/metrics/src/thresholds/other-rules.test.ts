import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Sample } from './alarm-world-fixture.ts';
import { evidentlyRule, nannymlRule } from './other-rules-fixture.ts';

interface Verdict {
  value: number;
  threshold: number;
  drifted: boolean;
}

interface RuleCase {
  kind: string;
  shift: number;
  chunkSize: number;
  reference: (number | string)[];
  current: (number | string)[];
  evidently: Verdict;
  nannyml: Verdict;
}

const file = new URL('../../fixtures/alarm-rules.fixture.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: RuleCase[] };

const categories = ['a', 'b', 'c', 'd'];

function sampleOf(rows: readonly (number | string)[]): Sample {
  return typeof rows[0] === 'string'
    ? { counts: categories.map((category) => rows.filter((row) => row === category).length) }
    : { values: Float64Array.from(rows, Number) };
}

test.each(cases)('the rules of the libraries are told right: $kind moved by $shift', (of) => {
  const { chunkSize, reference } = of;
  const chunks = Array.from({ length: reference.length / chunkSize }, (_, i) =>
    sampleOf(reference.slice(i * chunkSize, (i + 1) * chunkSize)),
  );
  const verdicts = { evidently: evidentlyRule(chunks), nannyml: nannymlRule(chunks) };
  for (const library of ['evidently', 'nannyml'] as const) {
    const verdict = verdicts[library](sampleOf(of.current));
    expect(verdict.value, library).toBeCloseTo(of[library].value, 9);
    expect(verdict.threshold, library).toBeCloseTo(of[library].threshold, 9);
    expect(verdict.drifted, library).toBe(of[library].drifted);
  }
});
