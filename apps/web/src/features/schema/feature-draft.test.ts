import { expect, test } from 'vitest';
import { readDraft } from './feature-draft.ts';

const draft = { kind: 'numeric', min: '', max: '', sensitive: true } as const;

test.each([
  [{}, { name: 'a', kind: 'numeric', sensitive: true }],
  [
    { min: ' 0 ', max: '5e3' },
    { name: 'a', kind: 'numeric', sensitive: true, min: 0, max: 5000 },
  ],
  [
    { kind: 'categorical' as const, min: 'x' },
    { name: 'a', kind: 'categorical', sensitive: true },
  ],
])('a draft with %j is saved', (change, feature) => {
  expect(readDraft('a', { ...draft, ...change })).toEqual({ feature });
});

test.each([{ min: 'low' }, { max: 'Infinity' }, { min: '2', max: '1' }])(
  'a draft with %j is refused',
  (change) => {
    expect(readDraft('a', { ...draft, ...change })).toHaveProperty('error');
  },
);
