import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const globalSetup = path.join(root, 'packages/db/src/testing-global-setup.ts');

it.each([
  ['a passing test', 'test("planted", () => {});', 0],
  ['a failing test', 'test("planted", () => { throw new Error("planted"); });', 1],
  ['an error outside of tests', 'test("planted", () => { void Promise.reject(new Error("planted")); });', 1],
])("%s under the repository's Postgres ends the run with its exit code", (_, code, status) => {
  const directory = mkdtempSync(path.join(tmpdir(), 'plumbline-exit-'));
  writeFileSync(path.join(directory, 'planted.test.js'), code);
  const config = { test: { globals: true, globalSetup: [globalSetup], include: ['planted.test.js'] } };
  writeFileSync(path.join(directory, 'vitest.config.mjs'), `export default ${JSON.stringify(config)};`);
  const run = spawnSync(process.execPath, [vitest, 'run', '--root', directory], { encoding: 'utf8' });
  rmSync(directory, { recursive: true, force: true });
  expect(run.status, run.stdout + run.stderr).toBe(status);
});
