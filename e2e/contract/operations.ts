import { describe, expect, test } from 'vitest';
import type { Client } from './client.ts';

/** Every route of the contract that the first version has. */
const routes = `
  PUT GET DELETE /v1/models/{model}|GET /v1/models|POST /v1/models/{model}/events|POST /v1/models/{model}/actuals|POST /v1/models/{model}/reference
  GET /v1/models/{model}/events/{prediction_id}|GET /v1/models/{model}/quarantine|GET /v1/models/{model}/ingest-status|GET /v1/models/{model}/drift
  GET /v1/models/{model}/distribution|GET /v1/models/{model}/timeseries|GET /v1/models/{model}/performance|GET /v1/models/{model}/quality
  POST /v1/models/{model}/slices|GET /v1/models/{model}/events/{prediction_id}/explanation|GET /v1/metrics|POST GET /v1/models/{model}/monitors
  GET PATCH DELETE /v1/models/{model}/monitors/{id}|POST /v1/models/{model}/monitors/preview|GET /v1/incidents|GET /v1/incidents/{id}
  POST /v1/incidents/{id}/acknowledge|POST /v1/incidents/{id}/snooze|POST /v1/incidents/{id}/resolve|POST /v1/incidents/{id}/comment
  POST GET /v1/channels|GET PATCH DELETE /v1/channels/{id}|POST /v1/channels/{id}/test|GET /v1/channels/{id}/deliveries
  POST /v1/deliveries/{id}/redeliver|POST /v1/projects|POST GET /v1/api-keys|GET /v1/me|GET /healthz|GET /readyz|GET /metrics`
  .trim()
  .split(/\||\n/)
  .map((line) => {
    const words = line.trim().split(' ');
    return { path: words.at(-1) ?? '', methods: words.slice(0, -1) };
  });

interface Metric {
  metric: string;
  title: string;
  description: string;
}

export function operationsContract(client: () => Client): void {
  describe('operations', () => {
    test.each(['/healthz', '/readyz'])('%s is 200 without a key', async (path) => {
      expect((await client().call('GET', path, { key: null })).status).toBe(200);
    });

    test('/readyz names database, queue and migrations', async () => {
      const text = JSON.stringify(await client().get('/readyz'));
      for (const part of ['database', 'queue', 'migrations']) expect(text).toContain(part);
    });

    test('/metrics speaks Prometheus', async () => {
      const answer = await client().call('GET', '/metrics');
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('text/plain'),
      ]);
      expect(answer.text).toMatch(/^# (HELP|TYPE) \w+/m);
    });

    test('/v1/openapi.json is 3.1 and lists every route and method', async () => {
      const answer = await client().call<{ openapi: string; paths: Record<string, Record<string, unknown>> }>(
        'GET',
        '/v1/openapi.json',
        { key: null },
      );
      expect(answer.status).toBe(200);
      expect(answer.body.openapi).toMatch(/^3\.1\./);
      const listed = new Set(
        Object.entries(answer.body.paths).flatMap(([path, methods]) =>
          Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{}')}`),
        ),
      );
      const wanted = routes.flatMap(({ path, methods }) =>
        methods.map((method) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`),
      );
      expect(wanted.filter((route) => !listed.has(route))).toEqual([]);
    });

    test('/docs is a page', async () => {
      const answer = await fetch(new URL('/docs', (await client().call('GET', '/healthz')).url));
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('text/html'),
      ]);
      await answer.text();
    });

    test('/v1/metrics is a catalogue with every name of the contract', async () => {
      const { data } = await client().get<{ data: Metric[] }>('/v1/metrics');
      const names = data.map(({ metric }) => metric);
      expect(names).toEqual(
        expect.arrayContaining([
          'psi',
          'js_distance',
          'hellinger',
          'wasserstein_normed',
          'ks',
          'chi_square',
          'tvd',
          'l_infinity',
          'accuracy',
          'precision',
          'recall',
          'f1',
          'roc_auc',
          'average_precision',
          'log_loss',
          'brier',
          'mae',
          'rmse',
          'mape',
          'bias',
          'r2',
          'volume',
          'missing_rate',
          'label_coverage',
        ]),
      );
      expect(new Set(names).size).toBe(names.length);
      for (const { title, description } of data)
        expect([title, description]).toEqual([expect.any(String), expect.any(String)]);
    });

    test('/v1/me tells who asks', async () => {
      expect(await client().get('/v1/me')).toMatchObject({ scopes: ['admin'] });
    });

    test.each(['/v1/absent', '/v1/models/flights/absent', '/v1', '/healthz/deep'])(
      '%s is 404 as a problem',
      async (path) => {
        expect((await client().call('GET', path)).status).toBe(404);
      },
    );

    test.each<[string, string, string[]]>([
      ['PATCH', '/v1/models', ['GET']],
      ['POST', '/v1/models/flights', ['PUT', 'GET', 'DELETE']],
      ['DELETE', '/v1/models/flights/events', ['POST']],
      ['GET', '/v1/models/flights/actuals', ['POST']],
      ['POST', '/v1/models/flights/drift', ['GET']],
      ['GET', '/v1/models/flights/slices', ['POST']],
      ['PUT', '/v1/channels', ['GET', 'POST']],
      ['DELETE', '/v1/incidents/00000000-0000-4000-8000-000000000000', ['GET']],
      ['POST', '/v1/metrics', ['GET']],
      ['POST', '/healthz', ['GET']],
    ])('%s %s is 405 with Allow', async (method, path, allowed) => {
      const answer = await client().call(method, path);
      expect(answer.status, answer.text).toBe(405);
      const allow = (answer.headers.get('allow') ?? '').split(',').map((one) => one.trim());
      expect(allow).toEqual(expect.arrayContaining(allowed));
      expect(allow).not.toContain(method);
    });

    test.each([
      '/v1/models/%zz',
      '/v1/models/flights/events/%00',
      '/v1/models/..%2f..%2fetc%2fpasswd',
      `/v1/models/flights/events/${'i'.repeat(5000)}`,
      '/assets/..%2f..%2f..%2fetc/passwd',
    ])('the odd path %s is 4xx', async (path) => {
      const { status } = await client().call('GET', path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    });

    test('the problem type leads to a page about it', async () => {
      const { body } = await client().call('GET', '/v1/models/absent');
      expect((await fetch(body.type)).status).toBe(200);
    });
  });
}
