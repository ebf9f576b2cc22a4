import { limits, Problem } from '@plumbline/contracts';
import fastifyPlugin from 'fastify-plugin';
import { mediaType, parseJson, readBody } from '../read-body.ts';

const configurationBytes = 1024 * 1024;

/** Reads JSON bodies strictly: UTF-8 only, no other content type. Routes that stream their body replace it. */
export const jsonBody = fastifyPlugin(async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: import('fastify').FastifyRequest) => {
    const length = request.headers['content-length'];
    const wanted = request.routeOptions.schema?.body !== undefined;
    if (length === '0' && !wanted) return undefined;
    if (mediaType(request).type !== 'application/json') throw new Problem('unsupported-media-type');
    const bytes = await readBody(request, Math.min(configurationBytes, limits.bodyBytes));
    return bytes.length === 0 && !wanted ? undefined : parseJson(bytes);
  });
});
