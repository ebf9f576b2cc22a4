import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { codeBlocks } from './code-blocks.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { asStored, fullActual, fullEvent, type Installation } from './installation.ts';
import { type PythonEnvironment, pythonClient, runPython } from './python-environment.ts';
import * as programs from './python-programs.ts';
import { runProgram } from './run-program.ts';

/** What the Python client promises, against the running product. */
export function pythonClientChecks(
  installation: () => Installation,
  folder: () => string,
  { interpreter = '', missingPandas }: PythonEnvironment,
): void {
  const run = async (name: string, program: string, url?: string) => {
    const result = await runPython(
      interpreter,
      path.join(folder(), name),
      program,
      installation().environment(url),
    );
    expect(result).toMatchObject({ code: 0, stderr: '' });
    return result.stdout;
  };
  const counts = async (name: string, program: string, url?: string): Promise<Record<string, unknown>> =>
    JSON.parse(await run(name, program, url));

  test('stores what is logged as it was logged, the actual first, at the end of the interpreter', async () => {
    await installation().makeModel('py-values');
    await run('values', programs.logOne(fullEvent, fullActual));
    expect(await installation().event('py-values', 'full-1')).toMatchObject(asStored);
  });

  test('sends every row once while the API is killed again and again', async () => {
    await installation().makeModel('py-killed');
    const running = counts('killed', programs.logUntilStopped);
    try {
      for (let kill = 0; kill < 2; kill += 1) await installation().killApi('py-killed');
    } finally {
      writeFileSync(path.join(folder(), 'killed/stop'), '');
    }
    const stats = await running;
    expect(stats).toMatchObject({ accepted: stats.logged, duplicates: 0, rejected: 0, dropped: 0 });
    expect(stats.retried).toBeGreaterThan(0);
    expect(await installation().status('py-killed')).toMatchObject({ events: stats.logged });
  });

  test('counts no row twice when the answers are cut after the commit', async () => {
    await installation().makeModel('py-cut');
    const fates = ['cut', 'truncate', 'pass'] as const;
    const proxy = await startCuttingProxy(installation().url, (n) => fates[n % 3] ?? 'pass');
    const stats = await counts('cut', programs.logManyAtOnce, proxy.url);
    await proxy.stop();
    expect(stats).toMatchObject({ accepted: 400, duplicates: 0, dropped: 0, retried: 16 });
    expect(await installation().status('py-cut')).toMatchObject({ events: 400 });
    expect(new Set(proxy.keys).size).toBe(8);
  });

  test('reports bad rows with code and pointer, and stores their neighbours', async () => {
    await installation().makeModel('py-bad');
    const stats = await counts('bad', programs.logBadRows);
    expect(stats).toMatchObject({ accepted: 2, duplicates: 1, rejected: 5, dropped: 0, errors: 0 });
    expect(stats.rows).toEqual([
      ['bad-number', 'number_out_of_range', '/features/distance'],
      ['bad-time', 'bad_timestamp', '/prediction_timestamp'],
      ['bad-score', 'bad_probability', '/prediction_score'],
      ['bad-field', 'unknown_field', '/colour'],
      ['good-1', 'id_conflict', expect.any(String)],
    ]);
  });

  test('a server that cannot be reached: 60 MB of rows are dropped and counted in little memory, close keeps its deadline', async () => {
    const stats = await counts('nobody', programs.logToNobody, `http://127.0.0.1:${await freePort()}`);
    expect(stats).toMatchObject({ logged: 40_000, dropped: 40_000, queued: 0, full: 2000 });
    expect(stats.peak).toBeLessThan(16_000_000);
    expect(stats.took).toBeLessThan(3);
  });

  const pandasTitle = missingPandas ? ` (SKIPPED: ${missingPandas})` : '';
  test.skipIf(missingPandas)(`logs pandas frames value by value${pandasTitle}`, async () => {
    await installation().makeModel('py-frames');
    const stats = await counts('frames', programs.logFrames);
    expect(stats).toMatchObject({ logged: 6, queued_rows: 5, accepted: 5, rejected: 1, dropped: 0 });
    expect(stats.rows).toEqual([['naive', 'bad_timestamp', '/prediction_timestamp']]);
    expect(await installation().event('py-frames', '1')).toMatchObject({
      prediction_timestamp: '2026-02-01T05:30:00.250Z',
      model_version: '2026.02',
      features: { distance: 2176.5, small: 0.5, count: 7, origin: 'LAS', weekend: true },
      prediction_label: 'late',
      prediction_score: 0.75,
      tags: { weekday: 'sun' },
      shap_values: { distance: 0.32, origin: 0.18 },
      shap_base_value: 0.21,
      rank: 1,
      actual_label: 'late',
      actual_timestamp: '2026-02-02T00:00:00.000Z',
    });
    expect(await installation().event('py-frames', '2')).toMatchObject({
      features: { distance: null, small: 0.25, count: null, origin: null, weekend: false },
      tags: {},
      shap_values: { origin: 0.01 },
      rank: null,
      actual_label: null,
    });
    expect(await installation().event('py-frames', '3')).toMatchObject({
      prediction_timestamp: '2026-07-01T05:00:00.000Z',
      actual_label: 'on_time',
    });
    expect(await installation().event('py-frames', 'naive')).toMatchObject({
      prediction_timestamp: '2026-02-01T00:00:00.000Z',
    });
  });

  test.skipIf(missingPandas)(`the examples of its README run as they stand${pandasTitle}`, async () => {
    const readme = path.join(pythonClient, 'README.md');
    const [, setup = ''] = codeBlocks(readme, 'sh');
    const env = installation().environment();
    expect(await runProgram('sh', ['-c', setup], { env })).toMatchObject({ code: 0 });
    expect(await run('readme', codeBlocks(readme, 'python').join('\n'))).toBe(
      '2 stored, 0 rejected, 0 dropped\n',
    );
    expect(await installation().event('flight-delay', 'python-1')).toMatchObject({ actual_label: 'on_time' });
    expect(await installation().event('flight-delay', '102')).toMatchObject({
      prediction_timestamp: '2026-11-01T15:10:00.000Z',
      features: { distance: null, origin: 'SFO' },
    });
  });

  test('its unit tests pass', async () => {
    const args = ['-B', '-m', 'unittest', 'discover', '-t', '.', '-s', 'tests'];
    const env = installation().environment();
    const { code, stderr } = await runProgram(interpreter, args, {
      env,
      cwd: pythonClient,
      timeoutMs: 100_000,
    });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/Ran \d\d+ tests[\s\S]*\nOK/),
    });
  });
}
