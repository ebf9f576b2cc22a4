import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Clients with open connections learn from an answer that the server leaves, instead of from a broken connection. */
const farewellMs = 400;
const patienceMs = 7_000;
const lookEveryMs = 20;

/**
 * Ends serving without cutting a request: new ones are refused with `connection: close`, those that were let in have
 * seven seconds and are then answered 503. Resolves when the server is closed.
 */
export async function drain(app: FastifyInstance): Promise<void> {
  app.pressure.drain();
  const end = performance.now() + patienceMs;
  await wait(farewellMs);
  const closed = app.close();
  let isClosed = false;
  const note = () => {
    isClosed = true;
  };
  closed.then(note, note);
  while (!isClosed && performance.now() < end) await wait(lookEveryMs);
  app.pressure.giveUp('shutting-down');
  await Promise.race([closed, wait(1000)]);
  // Connections that are left belong to clients that do not read their answer.
  app.server.closeAllConnections();
  await closed;
}
