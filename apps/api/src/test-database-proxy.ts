import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * `silent` takes connections and bytes and gives nothing back, like a frozen server, `no-new` does so to connections
 * that come from then on, like a server whose first process is frozen; `closed` breaks and refuses.
 * `no-commit` breaks a connection instead of passing a COMMIT on, `no-word-of-commit` passes it on and swallows the reply.
 */
export type Line = 'open' | 'silent' | 'no-new' | 'closed' | 'no-commit' | 'no-word-of-commit';

/** The statement that stores a batch of new events is a transaction by itself. */
const storesBatch = 'WITH batch AS';

/** A way to a database that a test can cut. */
export async function openDatabaseProxy(connectionString: string) {
  const target = new URL(connectionString);
  const sockets = new Set<Socket>();
  let line: Line = 'open';
  const server = createServer((socket) => {
    if (line === 'closed') return socket.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.on('end', () => other.end());
      if (line === 'silent' || line === 'no-new') one.pause();
    }
    upstream.on('data', (reply) => socket.write(reply));
    socket.on('data', (request) => {
      const isCommit = request.includes('COMMIT') || request.includes(storesBatch);
      if (isCommit && line === 'no-commit') return socket.destroy();
      if (isCommit && line === 'no-word-of-commit') {
        upstream.removeAllListeners('data').once('data', () => socket.destroy());
      }
      upstream.write(request);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(connectionString);
  through.port = String((server.address() as AddressInfo).port);
  return {
    connectionString: through.href,
    set(next: Line) {
      line = next;
      for (const socket of sockets) {
        if (next === 'closed') socket.destroy();
        else if (next === 'silent') socket.pause();
        else if (next === 'open') socket.resume();
      }
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
