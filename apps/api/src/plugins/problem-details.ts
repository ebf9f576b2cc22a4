import type { Socket } from 'node:net';
import { type FieldError, Problem, type ProblemSlug, problems } from '@plumbline/contracts';
import { UnknownModelError } from '@plumbline/db';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { drainBody } from '../drain-body.ts';
import { isDatabaseUnavailable } from '../is-database-unavailable.ts';
import { isDiskFull } from '../is-disk-full.ts';

const slugOfCode: Record<string, ProblemSlug> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_BAD_URL: 'bad-url',
  FST_ERR_MAX_PARAM_LENGTH: 'url-too-long',
};

/** The pointer of a validation fault: a JSON pointer into the body, or the name of a query parameter. */
function fieldErrors(error: FastifyError): FieldError[] {
  const isQuery = error.validationContext === 'querystring';
  return (error.validation ?? []).map((fault) => ({
    pointer: (fault.instancePath ?? '').slice(isQuery ? 1 : 0),
    code: fault.keyword === 'invalid_type' ? 'type_mismatch' : (fault.keyword ?? 'invalid'),
    detail: fault.message ?? 'not valid',
  }));
}

function toProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = fieldErrors(error);
    if (error.validationContext === 'params') return new Problem('not-found');
    const slug = error.validationContext === 'body' ? 'validation-failed' : 'bad-query';
    const detail = errors.map((e) => `${e.pointer || 'body'}: ${e.detail}`).join('; ');
    return new Problem(slug, { detail: detail.slice(0, 1000), errors });
  }
  if (error.code === 'ECONNRESET' && error.message === 'aborted') {
    return new Problem('malformed-request', { detail: 'The body ended early.', cause: error });
  }
  const slug = slugOfCode[error.code];
  if (slug) return new Problem(slug, { cause: error });
  if (error instanceof UnknownModelError) return new Problem('unknown-model');
  if (isDiskFull(error)) return new Problem('storage-low', { cause: error });
  if (isDatabaseUnavailable(error)) return new Problem('database-unavailable', { cause: error });
  if (error.statusCode === 400)
    return new Problem('validation-failed', { detail: error.message, cause: error });
  return new Problem('internal-error', { cause: error });
}

/** The problem as a document (RFC 9457). */
export function problemDocument(
  problem: Problem,
  asked: { origin: string; instance?: string | undefined; requestId: string },
): object {
  const { status, title } = problems[problem.slug];
  const { detail, errors, extensions } = problem.options;
  return {
    type: `${asked.origin}/problems/${problem.slug}`,
    title,
    status,
    detail: detail ?? `${title}.`,
    instance: asked.instance,
    request_id: asked.requestId,
    ...(errors === undefined ? {} : { errors }),
    ...extensions,
  };
}

/** Where a connection came in, for requests that do not name a host. */
export function originOf({ localFamily, localAddress, localPort }: Socket): string {
  return `http://${localFamily === 'IPv6' ? `[${localAddress}]` : localAddress}:${localPort}`;
}

/** Answers with a problem document. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { status } = problem;
  const { retryAfterSeconds } = problem.options;
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="plumbline"');
  if (status === 503 || retryAfterSeconds !== undefined) {
    reply.header('retry-after', String(retryAfterSeconds ?? 1 + Math.floor(Math.random() * 5)));
  }
  // What is left of a body nobody will read must not be taken for the next request.
  if (!request.raw.complete || problem.slug === 'malformed-request') reply.header('connection', 'close');
  const document = problemDocument(problem, {
    origin: request.host === '' ? originOf(request.raw.socket) : `${request.protocol}://${request.host}`,
    instance: request.url.split('?')[0],
    requestId: request.id,
  });
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((text: string) => text)
    .send(JSON.stringify(document));
}

/** Handles what could not be routed or decoded at all; such requests pass no other hook. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  sendProblem(request, reply, toProblem(error));
}

/** Turns whatever a route throws into a problem document; text of unexpected errors stays in the log. */
export const problemDetails = fastifyPlugin(async (app) => {
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const problem = toProblem(error);
    if (problem.slug === 'internal-error') request.log.error({ err: error }, 'request failed');
    else if (problem.status >= 500) request.log.warn({ err: error }, 'request failed');
    if (problem.slug === 'database-unavailable') app.pressure.suspectDatabase();
    await drainBody(request.raw);
    return sendProblem(request, reply, problem);
  });
});
