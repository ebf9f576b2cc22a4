import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = `import { failPoint } from '@plumbline/fail-point';
for (const name of ['mirror:exported', 'mirror:committed', 'mirror:exported']) {
  process.stdout.write('.');
  failPoint(name);
}`;

/** Runs the program inside this package, which finds itself by its name. */
const run = (conditions: string[], environment: Record<string, string>) =>
  spawnSync(
    process.execPath,
    [
      ...conditions.map((name) => `--conditions=${name}`),
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      program,
    ],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { PATH: '/usr/bin:/bin', ...environment },
      encoding: 'utf8',
    },
  );

const armed = { FAIL_POINT: 'mirror:exported' };

test.for([
  ['without the condition', ['source'], armed, null, '...'],
  ['without a name', ['source', 'fail-points'], {}, null, '...'],
  ['for another place', ['source', 'fail-points'], { FAIL_POINT: 'store:committed' }, null, '...'],
  ['where it is armed', ['source', 'fail-points'], armed, 'SIGKILL', '.'],
  [
    'at the pass it is armed for',
    ['source', 'fail-points'],
    { ...armed, FAIL_POINT_PASS: '2' },
    'SIGKILL',
    '...',
  ],
] as const)('%s: a process dies only where it is told to', ([, conditions, environment, signal, output]) => {
  const ended = run([...conditions], environment);
  expect({ signal: ended.signal, output: ended.stdout }, ended.stderr).toEqual({ signal, output });
});
