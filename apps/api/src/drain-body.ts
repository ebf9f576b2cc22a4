import type { IncomingMessage } from 'node:http';

const mostBytes = 64 * 1024 * 1024;
const longestMs = 5000;

/**
 * Reads away what is left of a body nobody wants, up to 64 MiB or 5 s (`withinMs`): many clients read no answer before they have
 * written all, and a connection closed under them looks like a broken network.
 */
export function drainBody(request: IncomingMessage, withinMs: number = longestMs): Promise<void> {
  if (request.complete || request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let left = mostBytes;
    const done = () => {
      clearTimeout(timer);
      request.off('data', count).pause();
      resolve();
    };
    const count = (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) done();
    };
    const timer = setTimeout(done, withinMs);
    for (const end of ['end', 'close', 'error']) request.once(end, done);
    request.on('data', count).resume();
  });
}
