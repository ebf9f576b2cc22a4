import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inheritedEnvironment } from './env.ts';
import { postFlightModel, postFlights, untilMirrored } from './flights.ts';
import { createHttpClient, until } from './http-client.ts';
import { count, type Line, megabytes, type PartResult } from './measurements.ts';
import { memoryOf } from './process-tree.ts';
import { apiKey, freePort, temporaryDirectory } from './product.ts';

const root = path.resolve(import.meta.dirname, '../..');
const flights = 200_000;
const limit = 1e9;

/** Memory of everything `npm start` starts: at rest, then the peak of each process under load. */
export async function benchMemory(): Promise<PartResult> {
  const { directory, remove } = temporaryDirectory();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: {
      ...inheritedEnvironment,
      PORT: String(port),
      DATA_DIR: path.join(directory, 'data'),
      PLUMBLINE_API_KEY: apiKey,
    },
    stdio: 'ignore',
    // A group of its own, as a terminal makes it: npm does not pass a signal on that reaches it alone.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const pid = child.pid ?? -1;
  const http = createHttpClient(url, apiKey);
  try {
    const isReady = () =>
      fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
    await until('npm start', isReady, { deadlineMs: 300_000 });
    await wait(5000);
    const idle = memoryOf(pid, { exact: true });
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    const shares = idle.flatMap(({ pss }) => (pss === undefined ? [] : [pss]));

    const peaks = new Map<string, number>();
    const sampler = setInterval(() => {
      for (const { name, rss } of memoryOf(pid, { exact: false }))
        peaks.set(name, Math.max(peaks.get(name) ?? 0, rss));
    }, 100);
    await postFlightModel(http, 'memory');
    const sent = await postFlights(http, 'memory', flights, { labels: false });
    await untilMirrored(http, 'memory');
    clearInterval(sampler);

    const lines: Line[] = [
      {
        what: `at rest, all ${idle.length} processes, RSS (shared pages counted in each)`,
        value: megabytes(sum(idle.map(({ rss }) => rss))),
      },
    ];
    if (shares.length === idle.length)
      lines.push({ what: 'at rest, PSS (shared pages counted once)', value: megabytes(sum(shares)) });
    const named = [...peaks].filter(([, peak]) => peak > 60e6).toSorted(([, a], [, b]) => b - a);
    for (const [name, peak] of named)
      lines.push({
        what: `peak of ${name}, limit ${megabytes(limit)}`,
        value: megabytes(peak),
        passed: peak < limit,
      });
    return {
      title: 'Memory of `npm start`',
      method: `Five seconds after it is ready, then while ${count(sent)} real flights are posted and mirrored; RSS of every process from /proc each 100 ms. Processes that stay below 60 MB are not listed.`,
      lines,
    };
  } finally {
    http.close();
    process.kill(-pid, 'SIGINT');
    const forced = setTimeout(() => process.kill(-pid, 'SIGKILL'), 20_000);
    await ended;
    clearTimeout(forced);
    remove();
  }
}
