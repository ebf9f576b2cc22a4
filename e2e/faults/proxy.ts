import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from './random.ts';

/** What happens to one connection. Bytes count from its start; `swallow` passes nothing on, in either direction. */
export type Mishap =
  | { kind: 'none' }
  | { kind: 'delay'; ms: number }
  | { kind: 'cut-request'; afterBytes: number }
  | { kind: 'cut-response'; afterBytes: number }
  | { kind: 'swallow' };

/** A bad network: most connections pass. */
export function mishapOf(random: Random): Mishap {
  const share = random.next();
  if (share < 0.08) return { kind: 'delay', ms: random.int(20, 150) };
  if (share < 0.14) return { kind: 'cut-response', afterBytes: random.int(0, 300) };
  if (share < 0.18) return { kind: 'cut-request', afterBytes: random.int(0, 5000) };
  if (share < 0.185) return { kind: 'swallow' };
  return { kind: 'none' };
}

/** Passes bytes on; closes both sides when more than `limit` have come. */
function pass(from: Socket, to: Socket, limit: number): void {
  let left = limit;
  from.on('data', (chunk) => {
    if (chunk.length <= left) {
      left -= chunk.length;
      if (!to.write(chunk)) from.pause();
      return;
    }
    to.end(chunk.subarray(0, left), () => to.destroy());
    from.destroy();
  });
  to.on('drain', () => from.resume());
  from.on('end', () => to.end());
}

/** A way to a port of 127.0.0.1 on which every connection meets the mishap that `choose` gives it. */
export async function openProxy(targetPort: number, choose: () => Mishap) {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const server = createServer({ allowHalfOpen: true }, async (client) => {
    client.on('error', () => {});
    const mishap = choose();
    if (mishap.kind === 'swallow') {
      sockets.add(client.resume());
      return;
    }
    if (mishap.kind === 'delay') await wait(mishap.ms);
    if (client.destroyed) return;
    const upstream = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    keep(client, upstream);
    keep(upstream, client);
    pass(client, upstream, mishap.kind === 'cut-request' ? mishap.afterBytes : Number.POSITIVE_INFINITY);
    pass(upstream, client, mishap.kind === 'cut-response' ? mishap.afterBytes : Number.POSITIVE_INFINITY);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
