import { expect, test } from 'vitest';
import { wholeRecords } from './whole-records.ts';

test.each([
  ['a,b\n1,2\n3,', true, 'a,b\n1,2\n'],
  ['a\n"x\ny', true, 'a\n'],
  ['a\n"x ""\n"" y"\nz', true, 'a\n"x ""\n"" y"\n'],
  ['{"a":"\\""}\n{"a"', false, '{"a":"\\""}\n'],
  ['no end', true, 'no end'],
])('%j is cut behind its last whole record', (text, hasQuotes, kept) => {
  const cut = wholeRecords(new TextEncoder().encode(text), hasQuotes);
  expect(new TextDecoder().decode(cut)).toBe(kept);
});
