import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { endWithProblem } from './client-errors.ts';

/** How often a connection is looked at within its time. */
const checks = 6;
const streamed =
  /^\s*(application\/(x-)?ndjson|application\/jsonl|text\/csv|application\/vnd\.apache\.parquet)/i;

/** Whether a body of this content type is read as it comes and never held as a whole. */
export const isStreamedType = (contentType: string | undefined): boolean => streamed.test(contentType ?? '');

interface Upload {
  isStream: boolean;
  /** When the time of the body began, and what the connection had brought then. */
  since: number;
  bytes: number;
}

/**
 * Ends connections whose body does not arrive: a plain body within `timeoutMs`, a streamed one as long as it brings
 * some bytes in every such span.
 */
export const bodyDeadline = fastifyPlugin<{ timeoutMs: number }>(async (app, { timeoutMs }) => {
  // One timer for all: timers of their own would keep every request of the last seconds in memory.
  const uploads = new Map<FastifyRequest, Upload>();
  const check = (request: FastifyRequest, upload: Upload, now: number) => {
    const { raw } = request;
    if (raw.complete || raw.readableEnded || raw.destroyed) return void uploads.delete(request);
    if (upload.isStream && (raw.socket.bytesRead !== upload.bytes || raw.readableLength > 0)) {
      upload.since = now;
      upload.bytes = raw.socket.bytesRead;
    }
    if (now - upload.since < timeoutMs) return;
    uploads.delete(request);
    endWithProblem(raw.socket, 'request-timeout');
  };
  const timer = setInterval(() => {
    const now = Date.now();
    for (const [request, upload] of uploads) check(request, upload, now);
  }, timeoutMs / checks);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const { raw } = request;
    if (raw.complete || !('content-length' in request.headers || 'transfer-encoding' in request.headers))
      return;
    const isStream = isStreamedType(request.headers['content-type']);
    uploads.set(request, { isStream, since: Date.now(), bytes: raw.socket.bytesRead });
    raw.once('close', () => uploads.delete(request));
  });
  // An answer that did not wait for the body ends the connection.
  app.addHook('onResponse', async (request) => void uploads.delete(request));
});
