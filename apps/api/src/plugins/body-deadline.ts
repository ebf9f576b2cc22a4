import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { endWithProblem } from './client-errors.ts';

/** How often a connection is looked at within its time. */
const checks = 6;
const streamed =
  /^\s*(application\/(x-)?ndjson|application\/jsonl|text\/csv|application\/vnd\.apache\.parquet)/i;

/** Whether a body of this content type is read as it comes and never held as a whole. */
export const isStreamedType = (contentType: string | undefined): boolean => streamed.test(contentType ?? '');

/**
 * Ends connections whose body does not arrive: a plain body within `timeoutMs`, a streamed one as long as it brings
 * some bytes in every such span.
 */
export const bodyDeadline = fastifyPlugin<{ timeoutMs: number }>(async (app, { timeoutMs }) => {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  const stop = (request: FastifyRequest) => clearInterval(timers.get(request));
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const { raw } = request;
    if (raw.complete || !('content-length' in request.headers || 'transfer-encoding' in request.headers))
      return;
    const isStream = isStreamedType(request.headers['content-type']);
    let since = Date.now();
    let bytes = raw.socket.bytesRead;
    const timer = setInterval(() => {
      if (raw.complete || raw.readableEnded || raw.destroyed) return stop(request);
      if (isStream && (raw.socket.bytesRead !== bytes || raw.readableLength > 0)) {
        since = Date.now();
        bytes = raw.socket.bytesRead;
      }
      if (Date.now() - since < timeoutMs) return;
      stop(request);
      endWithProblem(raw.socket, 'request-timeout');
    }, timeoutMs / checks);
    timer.unref();
    timers.set(request, timer);
    raw.once('close', () => stop(request));
  });
  // An answer that did not wait for the body ends the connection.
  app.addHook('onResponse', async (request) => stop(request));
});
