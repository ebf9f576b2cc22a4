import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from './is-public-address.ts';

/** Every address of a host name. */
export type Lookup = (hostname: string) => Promise<string[]>;

export const lookupAll: Lookup = async (hostname) =>
  (await systemLookup(hostname, { all: true })).map((entry) => entry.address);

/** The host as the connection will use it: no brackets, no trailing dot, lower case. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** What can be told without asking a name server; null = it is a name that must be resolved. */
function checkLiteral(host: string): 'ok' | 'blocked' | null {
  if (isIP(host)) return isPublicAddress(host) ? 'ok' : 'blocked';
  return host === '' || host === 'localhost' || host.endsWith('.localhost') ? 'blocked' : null;
}

/**
 * Whether a URL may be called. Anything but http(s) is blocked; so is, unless private targets are allowed, a host
 * that is or resolves to any address that is not public, in every spelling a URL parser takes (`0x7f000001`, `127.1`,
 * `[::ffff:7f00:1]`, `localhost.`). A name that does not resolve now is `ok`: {@link createGuardedClient} checks again
 * when it connects.
 */
export async function checkDestination(
  url: string,
  options: { allowPrivate: boolean; lookup?: Lookup },
): Promise<'ok' | 'blocked'> {
  if (!URL.canParse(url)) return 'blocked';
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return 'blocked';
  if (options.allowPrivate) return 'ok';
  const host = hostOf(parsed);
  const literal = checkLiteral(host);
  if (literal) return literal;
  let addresses: string[];
  try {
    addresses = await (options.lookup ?? lookupAll)(host);
  } catch {
    return 'ok';
  }
  return addresses.every(isPublicAddress) ? 'ok' : 'blocked';
}
