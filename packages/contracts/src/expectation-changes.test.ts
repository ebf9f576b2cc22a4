import { expect, it } from 'vitest';
import { type Expectation, expectationSchema, expectationsBody } from './expectation.ts';
import { expectationChanges } from './expectation-changes.ts';

const present = (column: string, mostly: number): Expectation =>
  expectationSchema.parse({ kind: 'present', column, parameters: { mostly } });

it('names what was added, changed and removed, and nothing that stayed', () => {
  const before = [present('a', 0.9), present('b', 0.9), present('c', 0.9)];
  const after = [present('d', 0.9), present('b', 0.8), present('a', 0.9)];
  expect(expectationChanges(before, after)).toEqual([
    { change: 'added', before: null, after: present('d', 0.9) },
    { change: 'changed', before: present('b', 0.9), after: present('b', 0.8) },
    { change: 'removed', before: present('c', 0.9), after: null },
  ]);
});

it('does not look at the order of keys', () => {
  const { kind, column, severity, enabled, parameters } = present('a', 0.9);
  const turned = { parameters, enabled, severity, column, kind } as Expectation;
  expect(expectationChanges([present('a', 0.9)], [turned])).toEqual([]);
});

it.each([
  [{ kind: 'present', column: 'a', parameters: { mostly: 0 } }],
  [{ kind: 'present', column: null, parameters: { mostly: 1 } }],
  [{ kind: 'range', column: 'a', parameters: { min: 2, max: 1, mostly: 1 } }],
  [{ kind: 'volume', column: null, parameters: { by_weekday: [{ min: 0, max: 1 }] } }],
  [{ kind: 'volume', column: 'a', parameters: { by_weekday: new Array(7).fill({ min: 0, max: 1 }) } }],
  [{ kind: 'nothing', column: 'a', parameters: {} }],
])('refuses %o', (expectation) => {
  expect(expectationSchema.safeParse(expectation).success).toBe(false);
});

it('refuses two expectations of a kind for one column', () => {
  const body = { based_on: 0, expectations: [present('a', 0.9), present('a', 0.8)] };
  expect(expectationsBody.safeParse(body).success).toBe(false);
});
