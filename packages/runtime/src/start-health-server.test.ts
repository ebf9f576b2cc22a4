import { expect, test } from 'vitest';
import { startHealthServer } from './start-health-server.ts';

test('readyz follows the checks, healthz does not', async () => {
  let away = false;
  const server = await startHealthServer({
    port: 0,
    checks: {
      database: () => (away ? Promise.reject(new Error('away')) : Promise.resolve()),
      queue: async () => {},
    },
  });
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  expect((await get('/readyz')).status).toBe(200);
  away = true;
  const answer = await get('/readyz');
  expect([answer.status, await answer.json()]).toEqual([503, { status: 'not ready', failing: ['database'] }]);
  expect((await get('/healthz')).status).toBe(200);
  expect((await get('/other')).status).toBe(404);
  await server.close();
});
