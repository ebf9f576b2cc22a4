import { expect, test } from 'vitest';
import { compareToOf } from './compared-days.ts';

test.each([
  [undefined, undefined],
  ['previous_period', 'previous_period'],
  ['2001-03-01..2001-03-07', '{"from":"2001-03-01T00:00:00.000Z","to":"2001-03-08T00:00:00.000Z"}'],
  ['2001-03-01..2001-03-01', '{"from":"2001-03-01T00:00:00.000Z","to":"2001-03-02T00:00:00.000Z"}'],
  ['2001-03-07..2001-03-01', undefined],
  ['2001-13-01..2001-14-01', undefined],
  ['anything', undefined],
])('%s of the URL asks for %s', (text, asked) => {
  expect(compareToOf(text)).toBe(asked);
});
