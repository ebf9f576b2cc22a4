import { expect, test } from 'vitest';
import { logFaults } from './log-faults.ts';

test.each([
  ['{"level":30,"msg":"listening"}', false],
  ['{"level":40,"msg":"requests are refused"}', false],
  ['{"level":50,"err":{"message":"Connection terminated unexpectedly"},"msg":"request failed"}', false],
  ['{"level":50,"err":{"message":"x is not a function"},"msg":"request failed"}', true],
  ['{"level":60,"msg":"unhandled rejection","err":{"message":"Connection terminated"}}', true],
  ['node:internal/process/promises:394 triggerUncaughtException(err, true);', true],
  ['{"level":50,"msg":"half a li', false],
  ['Error: listen EADDRINUSE', false],
])('%s is a fault: %s', (line, isFault) => {
  expect(logFaults(`{"level":30}\n${line}\n`)).toEqual(isFault ? [line] : []);
});
