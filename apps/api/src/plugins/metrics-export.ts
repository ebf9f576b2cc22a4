import fastifyPlugin from 'fastify-plugin';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * `GET /metrics` in Prometheus' text format: this process, and its requests by route and status. No model or feature
 * is named: their number has no bound.
 */
export const metricsExport = fastifyPlugin(async (app) => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'plumbline_' });
  const duration = new Histogram({
    name: 'plumbline_http_request_duration_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  new Gauge({
    name: 'plumbline_requests_waiting',
    help: 'Requests that are not answered yet',
    registers: [registry],
    collect() {
      this.set(app.pressure.requests());
    },
  });
  new Gauge({
    name: 'plumbline_refusing',
    help: '1 for every reason requests are refused for now',
    labelNames: ['reason'],
    registers: [registry],
    collect() {
      this.reset();
      for (const reason of app.pressure.reasons()) this.set({ reason }, 1);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  app.get(
    '/metrics',
    {
      config: { scope: 'public' },
      schema: { tags: ['operations'], summary: 'Prometheus metrics of this process' },
    },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
});
