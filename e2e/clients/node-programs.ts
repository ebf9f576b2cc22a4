import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { codeBlocks } from './code-blocks.ts';
import type { Installation } from './installation.ts';
import { runProgram } from './run-program.ts';

const require = createRequire(import.meta.url);
const clientPackage = path.resolve(path.dirname(require.resolve('@plumbline/client')), '..');
const prelude = `import { createClient } from '@plumbline/client';
const open = (model, options) => createClient({
  url: process.env.PLUMBLINE_URL, apiKey: process.env.PLUMBLINE_API_KEY, model, ...options });
const row = (id) => ({ prediction_id: id, prediction_timestamp: Date.now(), prediction_score: 0.5 });
`;

/** What the built TypeScript client does in processes of its own, used as from the registry. */
export function nodeProgramChecks(installation: () => Installation, folder: () => string): void {
  async function runNode(program: string, { url, flags = [] }: { url?: string; flags?: string[] } = {}) {
    const home = path.join(folder(), 'node');
    const installed = path.join(home, 'node_modules/@plumbline/client');
    mkdirSync(installed, { recursive: true });
    cpSync(path.join(clientPackage, 'package.json'), path.join(installed, 'package.json'));
    cpSync(path.join(clientPackage, 'dist'), path.join(installed, 'dist'), { recursive: true });
    writeFileSync(path.join(home, 'program.mjs'), program);
    const env = installation().environment(url);
    return runProgram(process.execPath, [...flags, 'program.mjs'], { env, cwd: home });
  }

  test('what waits is sent when the process runs out of work', async () => {
    await installation().makeModel('node-exit');
    const result = await runNode(`${prelude}open('node-exit', { flushIntervalMs: 60_000 }).log(row('p-1'));`);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(await installation().status('node-exit')).toMatchObject({ events: 1 });
  });

  test('an idle client keeps no process alive', async () => {
    await installation().makeModel('node-idle');
    const result = await runNode(
      `${prelude}const client = open('node-idle'); client.log(row('p-1')); console.log(await client.flush());`,
    );
    expect(result).toMatchObject({ code: 0, stdout: 'true\n', stderr: '' });
    expect(result.tookMs).toBeLessThan(3500);
  });

  test('an unreachable server delays the end of the process by the deadline and no more', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const result = await runNode(`${prelude}open('m', { closeTimeoutMs: 500 }).log(row('p-1'));`, { url });
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.tookMs).toBeLessThan(5000);
  });

  test('a full queue drops and counts 300 MB of rows within a heap of 48 MB', async () => {
    const program = `${prelude}
const client = open('m', { maxQueueRows: 3000, closeTimeoutMs: 300 });
for (let i = 0; i < 200_000; i += 1) {
  client.log({ ...row('p-' + i), tags: { note: String(i).padEnd(1500, 'x') } });
  if (i % 1000 === 0) await new Promise(setImmediate);
}
const { logged, queued, dropped } = client.stats();
console.log(JSON.stringify({ logged, queued, dropped }));`;
    const url = `http://127.0.0.1:${await freePort()}`;
    const result = await runNode(program, { url, flags: ['--max-old-space-size=48'] });
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toEqual({ logged: 200_000, queued: 3000, dropped: 197_000 });
  });

  test('the examples of its README run as they stand', async () => {
    const readme = path.join(clientPackage, 'README.md');
    const setup = await runProgram('sh', ['-c', codeBlocks(readme, 'sh').join('\n')], {
      env: installation().environment(),
    });
    expect(setup).toMatchObject({ code: 0 });
    const result = await runNode(codeBlocks(readme, 'ts').join('\n'));
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(await installation().event('flight-delay', 'node-1')).toMatchObject({
      features: { distance: 2176, origin: 'LAS' },
      prediction_label: 'late',
      actual_label: 'on_time',
    });
  });

  test('its package holds the code, its types and no tests', async () => {
    const { stdout } = await runProgram('npm', ['pack', '--dry-run', '--json'], {
      env: installation().environment(),
      cwd: clientPackage,
    });
    const [packed]: { files: { path: string }[] }[] = JSON.parse(stdout);
    const files = packed?.files.map(({ path: file }) => file) ?? [];
    expect(files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'README.md']));
    expect(files.filter((file) => /test|tsbuildinfo/.test(file))).toEqual([]);
  });
}
