import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Deps } from './deps.ts';
import { accessRoutes } from './features/access/routes.ts';
import { catalogueRoutes } from './features/catalogue/routes.ts';
import { channelRoutes } from './features/channels/routes.ts';
import { eventRoutes } from './features/events/routes.ts';
import { expectationRoutes } from './features/expectations/routes.ts';
import { explanationRoutes } from './features/explanation/routes.ts';
import { fairnessRoutes } from './features/fairness/routes.ts';
import { healthRoutes } from './features/health/routes.ts';
import { importRoutes } from './features/imports/routes.ts';
import { incidentRoutes } from './features/incidents/routes.ts';
import { ingestionRoutes } from './features/ingestion/routes.ts';
import { modelRoutes } from './features/models/routes.ts';
import { schemaRoutes } from './features/models/schema-routes.ts';
import { monitorRoutes } from './features/monitors/routes.ts';
import { multivariateRoutes } from './features/multivariate/routes.ts';
import { quarantineRoutes } from './features/quarantine/routes.ts';
import { correlationRoutes } from './features/questions/correlations.ts';
import { driftTimelineRoutes } from './features/questions/drift-timeline.ts';
import { repeatRoutes } from './features/questions/repeats.ts';
import { rootCauseRoutes } from './features/questions/root-cause-routes.ts';
import { questionRoutes } from './features/questions/routes.ts';
import { secondOpinionRoutes } from './features/questions/second-opinions.ts';
import { referenceRoutes } from './features/reference/routes.ts';
import { auth } from './plugins/auth.ts';
import { backPressure } from './plugins/back-pressure.ts';
import { bodyDeadline } from './plugins/body-deadline.ts';
import { answerClientError } from './plugins/client-errors.ts';
import { jsonBody } from './plugins/json-body.ts';
import { metricsExport } from './plugins/metrics-export.ts';
import { openapi } from './plugins/openapi.ts';
import { answerFrameworkError, problemDetails } from './plugins/problem-details.ts';
import { rateLimit } from './plugins/rate-limit.ts';
import { routing } from './plugins/routing.ts';
import { security } from './plugins/security.ts';
import { storableText } from './plugins/storable-text.ts';
import { webApp } from './plugins/web-app.ts';
import { createSessions } from './sessions.ts';

const requestTimeoutMs = 30_000;
/** An id of 128 characters, each written as up to four escaped bytes. */
const longestParameter = 128 * 12;

/** The whole HTTP surface. Fails to become ready when a route names no scope; closing it closes no part of `deps`. */
export async function buildApp(deps: Deps): Promise<FastifyInstance> {
  const { config, db } = deps;
  const app = Fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
    // A missing Host is answered by a plugin, like everything else.
    http: { connectionsCheckingInterval: 5000, requireHostHeader: false },
    // What still comes over an open connection while closing is answered, and the connection ends with it.
    return503OnClosing: false,
    routerOptions: { maxParamLength: longestParameter },
  }).withTypeProvider<ZodTypeProvider>();
  app.server.headersTimeout = requestTimeoutMs;
  app.server.requestTimeout = 0;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  const sessions = createSessions(config);
  app.addHook('onClose', () => sessions.close());

  await app.register(routing);
  await app.register(problemDetails);
  await app.register(security, { config });
  await app.register(backPressure, { db, queue: deps.queue, config });
  await app.register(auth, { db, sessions, config });
  await app.register(rateLimit, { fallback: config.rateLimit ?? null });
  await app.register(bodyDeadline, { timeoutMs: requestTimeoutMs });
  await app.register(cookie);
  await app.register(jsonBody);
  await app.register(storableText);
  await app.register(openapi);
  await app.register(metricsExport);

  await app.register(healthRoutes(deps));
  await app.register(accessRoutes(deps, sessions));
  await app.register(catalogueRoutes());
  await app.register(modelRoutes(deps));
  await app.register(schemaRoutes(deps));
  await app.register(ingestionRoutes(deps));
  await app.register(importRoutes(deps));
  await app.register(referenceRoutes(deps));
  await app.register(eventRoutes(deps));
  await app.register(quarantineRoutes(deps));
  await app.register(questionRoutes(deps));
  await app.register(correlationRoutes(deps));
  await app.register(repeatRoutes(deps));
  await app.register(driftTimelineRoutes(deps));
  await app.register(rootCauseRoutes(deps));
  await app.register(fairnessRoutes(deps));
  await app.register(secondOpinionRoutes(deps));
  await app.register(multivariateRoutes(deps));
  await app.register(expectationRoutes(deps));
  await app.register(explanationRoutes(deps));
  await app.register(monitorRoutes(deps));
  await app.register(incidentRoutes(deps));
  await app.register(channelRoutes(deps));

  await app.register(webApp, config.webRoot ? { root: config.webRoot } : {});
  // The instance with its zod and logger types is the same object; callers need neither.
  return app as unknown as FastifyInstance;
}
