import fastifyPlugin from 'fastify-plugin';

/** Leaves every body of the surrounding scope unread: its routes read the stream themselves. */
export const streamedBody = fastifyPlugin(async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
});
