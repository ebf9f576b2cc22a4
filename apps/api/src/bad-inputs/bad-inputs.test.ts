import { monitorEventLoopDelay } from 'node:perf_hooks';
import { problems } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { access } from './access.ts';
import { type BadInput, event } from './bad-input.ts';
import { bodies } from './bodies.ts';
import { connections } from './connections.ts';
import { numbers } from './numbers.ts';
import { repeats } from './repeats.ts';
import { rows } from './rows.ts';
import { texts } from './texts.ts';
import { times } from './times.ts';
import { urls } from './urls.ts';
import { openWorld, type Reply, type World } from './world.ts';
import { writePage } from './write-page.ts';

const subjects = [bodies, rows, numbers, texts, times, repeats, access, urls, connections];

let world: World;
let rssBefore = 0;
const longestHoldMs = 200;
const suspects: BadInput[] = [];
const delay = monitorEventLoopDelay({ resolution: 10 });
beforeAll(async () => {
  world = await openWorld();
  expect((await world.send({ body: { events: [event()] } })).status).toBe(202);
  rssBefore = process.memoryUsage().rss;
  delay.enable();
});
afterAll(() => world.close());

const leaks = /node_modules|\.[jt]s:\d|\/src\/|at \w+ \(|select |insert |prisma|postgres|pg_|econn/i;

/** What an answer of 400 and above must look like, whatever it says. */
function expectProblem(reply: Reply, type: string | undefined): void {
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
  const document = JSON.parse(reply.text);
  const slug = String(document.type).split('/').at(-1) as keyof typeof problems;
  expect(slug).toBe(type);
  expect(document).toMatchObject({
    type: expect.stringMatching(/^https?:\/\/.+\/problems\/[a-z0-9-]+$/),
    title: problems[slug].title,
    status: reply.status,
    detail: expect.any(String),
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(reply.text).not.toMatch(leaks);
}

function expectAnswer({ answer }: BadInput, reply: Reply): void {
  expect([reply.status, reply.text.slice(0, 500)]).toEqual([answer.status, expect.any(String)]);
  if (answer.isBare) expect(reply.text).toMatch(/^(0\r\n\r\n)?$/);
  else if (reply.status >= 400) expectProblem(reply, answer.type);
  for (const [name, value] of Object.entries(answer.headers ?? {}))
    expect(String(reply.headers[name])).toMatch(value);
  if (answer.closes !== undefined) expect(reply.isClosed).toBe(answer.closes);
  if (answer.isBare || !/json/.test(String(reply.headers['content-type']))) return;
  const body = JSON.parse(reply.text);
  const fault = body.rejected?.[0] ?? body.errors?.[0];
  expect([fault?.code, fault?.pointer]).toEqual([
    answer.code ?? (answer.type === undefined ? undefined : fault?.code),
    answer.pointer ?? fault?.pointer,
  ]);
  if (answer.duplicates !== undefined) expect(body.duplicates).toBe(answer.duplicates);
}

describe.each(subjects)('$title', ({ cases }) => {
  test.each(cases)('$input', async (one) => {
    const before = await world.rows();
    const since = performance.now();
    const reply = await world.send(one.send);
    expect(performance.now() - since).toBeLessThan(5000);
    expectAnswer(one, reply);
    const after = await world.rows();
    expect({ events: after.events - before.events, actuals: after.actuals - before.actuals }).toEqual({
      events: one.events ?? 0,
      actuals: one.actuals ?? 0,
    });
    if (delay.max / 1e6 > longestHoldMs) suspects.push(one);
    delay.reset();
    const next = await world.send({ body: { events: [event()] } });
    expect([next.status, JSON.parse(next.text).accepted]).toEqual([202, 1]);
  });
});

describe('after all of it', () => {
  test('no prototype was changed', () => {
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('nothing failed on the server, and no line of its log tells a key or a body', () => {
    expect(world.logged.filter((line) => JSON.parse(line).level > 40)).toEqual([]);
    expect(world.logged.join('')).not.toContain(world.adminKey);
  });

  // A busy machine holds a process as well: an input that does it holds the loop every time.
  test('no input holds the event loop for 200 ms', async () => {
    for (const { input, send } of suspects) {
      const holds: number[] = [];
      for (let i = 0; i < 3; i += 1) {
        delay.reset();
        await world.send(send);
        await world.rows();
        holds.push(delay.max / 1e6);
      }
      expect([input, Math.min(...holds)]).toEqual([
        input,
        expect.toSatisfy((ms: number) => ms < longestHoldMs),
      ]);
    }
    delay.disable();
  });

  test('memory came back', () => {
    expect((process.memoryUsage().rss - rssBefore) / 2 ** 20).toBeLessThan(300);
  });

  test('the page about bad inputs tells these cases', async () => {
    await expect(writePage(subjects)).toMatchFileSnapshot('../../../../docs/bad-inputs.md');
  });
});
