import { type Expectation, expectationSchema } from '@plumbline/contracts';
import { expect, it } from 'vitest';
import { draftOf, readDraft } from './expectation-draft.ts';

const all: Expectation[] = [
  { kind: 'present', column: 'x', parameters: { mostly: 0.999 } },
  { kind: 'type', column: 'x', parameters: { mostly: 1 } },
  { kind: 'range', column: 'x', parameters: { min: null, max: 5.5, mostly: 0.07 } },
  { kind: 'known_values', column: 'x', parameters: { also: ['a b', '1'], mostly: 0.99 } },
  { kind: 'distinct_values', column: 'x', parameters: { min: 1, max: null } },
  { kind: 'varied', column: 'x', parameters: { max_share: 0.999 } },
  { kind: 'mean', column: 'x', parameters: { min: -1e-9, max: 3 } },
  { kind: 'columns', column: null, parameters: { names: ['x', 'y'] } },
  { kind: 'volume', column: null, parameters: { by_weekday: new Array(7).fill({ min: 1, max: 2 }) } },
  { kind: 'freshness', column: null, parameters: { max_hours: 2 } },
].map((expectation) => expectationSchema.parse(expectation));

it.each(all.map((expectation) => [expectation.kind, expectation] as const))(
  'reads %s as it was drafted',
  (_, expectation) => {
    expect(readDraft(expectation, draftOf(expectation))).toEqual({ expectation });
  },
);

const [present, , range] = all as [Expectation, Expectation, Expectation];
const typed = (expectation: Expectation, name: string, text: string) => {
  const draft = draftOf(expectation);
  const fields = draft.fields.map((field) => (field.name === name ? { ...field, text } : field));
  return readDraft(expectation, { ...draft, fields });
};

it('reads what was typed', () => {
  expect(typed(present, 'mostly', ' 95 ')).toMatchObject({ expectation: { parameters: { mostly: 0.95 } } });
  expect(typed(range, 'max', '')).toMatchObject({ expectation: { parameters: { max: null } } });
});

it.each([
  [present, 'mostly', 'most'],
  [present, 'mostly', '0'],
  [present, 'mostly', '101'],
  [present, 'mostly', ''],
  [range, 'min', '6'],
])('says why %o cannot have %s %o', (expectation, name, text) => {
  expect(typed(expectation, name, text)).toEqual({ error: expect.stringMatching(/\w+/) });
});
