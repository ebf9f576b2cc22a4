import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, request } from 'undici';
import { checkDestination, type Lookup, lookupAll } from './check-destination.ts';
import { isPublicAddress } from './is-public-address.ts';

/** The destination is not of the public internet (or not http). Nothing was sent. */
export class BlockedDestinationError extends Error {
  constructor() {
    super('This destination is not allowed');
    this.name = 'BlockedDestinationError';
  }
}

interface OutboundAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** At most the first `maxBytes` of the body. */
  text: string;
}

export interface GuardedClient {
  /**
   * Posts and returns whatever status comes back; redirects are not followed.
   * @throws BlockedDestinationError, or the network's error, also when the whole exchange takes too long.
   */
  post(url: string, message: { headers: Record<string, string>; body: string }): Promise<OutboundAnswer>;
  close(): Promise<void>;
}

export interface GuardedClientOptions {
  allowPrivate: boolean;
  /** Connecting, sending and reading together. Default 15 s. */
  timeoutMs?: number;
  /** How much of an answer is read. Default 16 KiB. */
  maxBytes?: number;
  lookup?: Lookup;
}

/** Resolves once, refuses a name any address of which is not public, and hands those same addresses to the socket. */
function guardedLookup(allowPrivate: boolean, lookup: Lookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) callback(new Error(`${hostname} has no address`), '', 0);
        else if (!allowPrivate && !addresses.every(isPublicAddress))
          callback(new BlockedDestinationError(), '', 0);
        else if (options.all)
          callback(
            null,
            addresses.map((address) => ({ address, family: isIP(address) })),
          );
        else callback(null, first, isIP(first));
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

/** `connect.lookup` is not called for IP literals, so those and the peer of the open socket are checked as well. */
function guardedConnector(options: GuardedClientOptions): buildConnector.connector {
  const { allowPrivate, lookup = lookupAll } = options;
  const connect = buildConnector({
    timeout: options.timeoutMs ?? 15_000,
    lookup: guardedLookup(allowPrivate, lookup),
  } as buildConnector.BuildOptions);
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    if (!allowPrivate && isIP(host) && !isPublicAddress(host))
      return callback(new BlockedDestinationError(), null);
    connect(target, (...[error, socket]) => {
      if (error) return callback(error, null);
      if (!allowPrivate && !isPublicAddress(socket.remoteAddress ?? '')) {
        socket.destroy();
        return callback(new BlockedDestinationError(), null);
      }
      callback(null, socket);
    });
  };
}

async function readUpTo(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

/** The only way this product opens connections to addresses that people enter. */
export function createGuardedClient(options: GuardedClientOptions): GuardedClient {
  const { timeoutMs = 15_000, maxBytes = 16 * 1024, lookup = lookupAll } = options;
  const agent = new Agent({ connect: guardedConnector(options), keepAliveTimeout: 5_000 });
  return {
    async post(url, message) {
      const checked = await checkDestination(url, { allowPrivate: options.allowPrivate, lookup });
      if (checked === 'blocked') throw new BlockedDestinationError();
      const answer = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: message.headers,
        body: message.body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: await readUpTo(answer.body, maxBytes),
      };
    },
    close: () => agent.destroy(),
  };
}
