import { expect, test } from 'vitest';
import { isDatabaseUnavailable } from './is-database-unavailable.ts';
import { isDiskFull } from './is-disk-full.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

test.each<[string, unknown, boolean]>([
  ['a refused connection', coded('ECONNREFUSED'), true],
  ['a server that starts', coded('57P03'), true],
  ['a statement that took too long', coded('57014'), true],
  ['a lock that was not to be had', coded('55P03'), true],
  ['too many connections', coded('53300'), true],
  ['a connection that broke', new Error('Connection terminated unexpectedly'), true],
  ['no connection in time', new Error('timeout exceeded when trying to connect'), true],
  ['a connection that was not made in time', new Error('timeout expired'), true],
  ['an answer that did not come', new Error('Query read timeout'), true],
  [
    'any of these as a cause',
    new Error('outer', { cause: new Error('inner', { cause: coded('08006') }) }),
    true,
  ],
  ['one of several addresses', new AggregateError([coded('ECONNREFUSED')]), true],
  ['a missing socket', coded('ENOENT', { syscall: 'connect' }), true],
  ['a missing file', coded('ENOENT', { syscall: 'open' }), false],
  ['a broken rule of a table', coded('23505'), false],
  ['bad SQL', coded('42601'), false],
  ['a fault of ours', new TypeError('x is not a function'), false],
  ['no error at all', 'ECONNREFUSED', false],
])('%s: %#', (_, error, expected) => {
  expect(isDatabaseUnavailable(error)).toBe(expected);
});

test.each<[unknown, boolean]>([
  [coded('ENOSPC'), true],
  [coded('53100'), true],
  [new Error('outer', { cause: coded('53100') }), true],
  [coded('53200'), false],
  [new Error('no space left on device'), false],
])('%s is a full disk: %s', (error, expected) => {
  expect(isDiskFull(error)).toBe(expected);
});
