import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Problem } from '@plumbline/contracts';
import fastifyPlugin from 'fastify-plugin';
import helmet from 'helmet';
import type { ApiConfig } from '../deps.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

const isLoopback = (host: string) => ['127.0.0.1', '::1', 'localhost'].includes(host);

/** What helmet sets. It is the same on every answer, and making it took a tenth of what a small request allocates. */
function securityHeaders(overHttps: boolean): OutgoingHttpHeaders {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const set = helmet({
    strictTransportSecurity: overHttps,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Mantine writes style elements.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  set(response.req, response, (error) => {
    if (error) throw error;
  });
  return response.getHeaders();
}

/** Security headers on every answer and, on a loopback-only server, an allow-list for the Host header. */
export const security = fastifyPlugin<{ config: ApiConfig }>(async (app, { config }) => {
  const publicHost = config.publicUrl ? new URL(config.publicUrl).hostname : null;
  const headers = securityHeaders(config.publicUrl?.startsWith('https:') ?? false);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store');
    if (request.headers.host === undefined && request.raw.httpVersion !== '1.0') {
      throw new Problem('malformed-request', { detail: 'The Host header is missing.' });
    }
    if (!isLoopback(config.host)) return;
    const name = request.hostname.toLowerCase();
    if (!loopbackNames.has(name) && name !== publicHost) throw new Problem('unknown-host');
  });
});
