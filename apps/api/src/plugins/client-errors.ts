import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem, type ProblemSlug } from '@plumbline/contracts';
import { originOf, problemDocument } from './problem-details.ts';

const slugOfCode: Record<string, ProblemSlug> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** How long an answer may wait for a client that does not read. */
const unreadMs = 5000;

/** Writes a problem to a connection that carries no request the app could answer, and ends it. */
export function endWithProblem(socket: Socket, slug: ProblemSlug): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const problem = new Problem(slug);
  const document = problemDocument(problem, { origin: originOf(socket), requestId: randomUUID() });
  const body = Buffer.from(JSON.stringify(document));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${body.length}`,
    'connection: close',
  ];
  socket.setTimeout(unreadMs, () => socket.destroy());
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]), () => socket.destroy());
}

/** Answers what Node could not read as a request. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  endWithProblem(socket, slugOfCode[error.code ?? ''] ?? 'malformed-request');
}
