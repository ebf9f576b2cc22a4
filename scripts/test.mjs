import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { prepare, root, run } from './toolchain.mjs';

await prepare('all');

const node = process.execPath;
const at = (/** @type {string} */ file) => path.join(root, file);
const results = at('.cache/test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** @param {string} name @param {string} config */
const vitest = (name, config) => () =>
  run(
    name,
    node,
    [
      at('node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      at(config),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${path.join(results, `${name}.json`)}`,
    ],
    { quiet: false },
  );

/** @type {[string, () => Promise<void>][]} */
const steps = [
  [
    'lint and format',
    () =>
      run('Lint and format', node, [
        at('node_modules/@biomejs/biome/bin/biome'),
        'check',
        '--error-on-warnings',
        '.',
      ]),
  ],
  ['unused code', () => run('Unused code', node, [at('node_modules/knip/bin/knip.js'), '--no-progress'])],
  ['unit and integration tests', vitest('unit', 'vitest.config.ts')],
  ['browser tests', vitest('browser', 'e2e/vitest.config.ts')],
];

/** @type {string[]} */
const failed = [];
for (const [name, step] of steps) {
  await step().catch((error) => {
    failed.push(name);
    console.error(error instanceof Error ? error.message : error);
  });
}

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const name of ['unit', 'browser']) {
  try {
    const report = JSON.parse(readFileSync(path.join(results, `${name}.json`), 'utf8'));
    totals.passed += report.numPassedTests;
    totals.failed += report.numFailedTests;
    totals.skipped += report.numPendingTests + report.numTodoTests;
  } catch {
    totals.failed += 1;
    failed.push(`${name} tests left no report`);
  }
}
console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}` : '\nEverything passed.');
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = failed.length > 0 ? 1 : 0;
