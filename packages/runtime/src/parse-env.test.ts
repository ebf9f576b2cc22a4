import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { EnvError, parseEnv } from './parse-env.ts';

const schema = z.object({
  PORT: z.coerce.number().int().default(3000),
  SECURE: z.stringbool().default(false),
  SECRET: z.string().min(32),
});
const secret = 'x'.repeat(32);

test('gives a frozen object with defaults; an empty variable counts as not set', () => {
  const env = parseEnv(schema, { SECRET: secret, PORT: '', OTHER: 'ignored' });
  expect(env).toEqual({ PORT: 3000, SECURE: false, SECRET: secret });
  expect(Object.isFrozen(env)).toBe(true);
});

test.each([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['off', false],
])('the boolean %s is %s', (text, value) => {
  expect(parseEnv(schema, { SECRET: secret, SECURE: text }).SECURE).toBe(value);
});

test('lists every fault in one error and shows no value', () => {
  const fail = () => parseEnv(schema, { SECRET: 'changeme', PORT: 'x', SECURE: 'perhaps' });
  expect(fail).toThrow(EnvError);
  try {
    fail();
  } catch (error) {
    expect((error as EnvError).faults).toHaveLength(3);
    expect(String(error)).not.toContain('changeme');
  }
});

test('NAME_FILE reads a secret from a file; both at once and an unreadable file are faults', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'env-')), 'secret');
  writeFileSync(path, `${secret}\n`);
  expect(parseEnv(schema, { SECRET_FILE: path }).SECRET).toBe(secret);
  expect(() => parseEnv(schema, { SECRET_FILE: path, SECRET: secret })).toThrow('both set');
  expect(() => parseEnv(schema, { SECRET_FILE: `${path}.missing` })).toThrow('cannot be read');
});
