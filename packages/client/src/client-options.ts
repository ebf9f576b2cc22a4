import type { ClientError, RejectedRow } from './report.ts';

export interface ClientOptions {
  /** Where the server is, e.g. `http://127.0.0.1:3000`. */
  url: string;
  /** A key with the scope `ingest`. */
  apiKey: string;
  /** Slug of the model that the rows belong to. */
  model: string;
  /** Failures of requests and lost rows. */
  onError?: (error: ClientError) => unknown;
  /** Rows that cannot be stored as they are. */
  onRejected?: (row: RejectedRow) => unknown;
  /** Rows in one request, 1 to 10,000. Default 1,000. */
  maxBatchRows?: number;
  /** Bytes of JSON in one request, 1 to 9,000,000; a single larger row goes alone. Default 1,000,000. */
  maxBatchBytes?: number;
  /** The longest a row waits for others, in ms. Default 1,000. */
  flushIntervalMs?: number;
  /** Rows kept in memory; further ones are dropped. Default 100,000. */
  maxQueueRows?: number;
  /** Bytes of JSON kept in memory; further rows are dropped. Default 64 MiB. */
  maxQueueBytes?: number;
  /** Time for one request with its answer, in ms. Default 30,000. */
  requestTimeoutMs?: number;
  /** How long a batch is tried before its rows are dropped, in ms. Default 3,600,000 (an hour). */
  giveUpAfterMs?: number;
  /** How long `close()` and the end of the process wait, in ms. Default 10,000. */
  closeTimeoutMs?: number;
}

export type ResolvedOptions = Required<Omit<ClientOptions, 'onError' | 'onRejected'>> &
  Pick<ClientOptions, 'onError' | 'onRejected'>;

const defaults = {
  maxBatchRows: 1000,
  maxBatchBytes: 1_000_000,
  flushIntervalMs: 1000,
  maxQueueRows: 100_000,
  maxQueueBytes: 64 * 1024 * 1024,
  requestTimeoutMs: 30_000,
  giveUpAfterMs: 3_600_000,
  closeTimeoutMs: 10_000,
};
type Limit = keyof typeof defaults;

/** Stays below the server's 10 MB and 10,000 rows a request; timers count in 32 bits. */
const largest: Partial<Record<Limit, number>> = { maxBatchRows: 10_000, maxBatchBytes: 9_000_000 };
const timerLimit = 2 ** 31 - 1;

/** The options with defaults. @throws TypeError or RangeError that names the option that cannot be used. */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  if (!/^https?:\/\//.test(options.url) || !URL.canParse(options.url)) {
    throw new TypeError('url: expected an http or https URL.');
  }
  if (!/^[\x21-\x7e]+$/.test(options.apiKey)) throw new TypeError('apiKey: expected printable ASCII.');
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(options.model)) throw new TypeError('model: expected a slug.');
  const limits = { ...defaults };
  for (const name of Object.keys(defaults) as Limit[]) {
    const most = largest[name] ?? timerLimit;
    const value = options[name] ?? defaults[name];
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw new RangeError(`${name}: expected a whole number from 1 to ${most}.`);
    }
    limits[name] = value;
  }
  return { ...options, ...limits, url: options.url.replace(/\/+$/, '') };
}
