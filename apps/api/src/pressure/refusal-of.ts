/** What one process knows of the strain it is under. Sizes in bytes, delays in ms. */
export interface Strain {
  draining: boolean;
  databaseFails: boolean;
  /** Of the event loop, over the last second. */
  loopDelayMs: number;
  requests: number;
  storageLow: boolean;
  queueSaturated: boolean;
}

export interface Bounds {
  loopDelayMs: number;
  requests: number;
}

export type RefusalSlug =
  | 'shutting-down'
  | 'database-unavailable'
  | 'overloaded'
  | 'storage-low'
  | 'queue-saturated';

/** Shortest and longest Retry-After in seconds: about how long the cause tends to last. */
const retryAfter: Record<RefusalSlug, [number, number]> = {
  'shutting-down': [1, 5],
  'database-unavailable': [1, 5],
  overloaded: [1, 10],
  'queue-saturated': [5, 20],
  'storage-low': [15, 30],
};

/** Whole seconds from 1 to 30, spread so that refused clients do not return all at once. `random` is in [0, 1). */
export function retryAfterSeconds(slug: RefusalSlug, random: number): number {
  const [from, to] = retryAfter[slug];
  return from + Math.floor(random * (to - from + 1));
}

/** Why a process under this strain refuses any request that needs the database; null when it does not. */
function generalRefusal(strain: Strain, bounds: Bounds): RefusalSlug | null {
  if (strain.draining) return 'shutting-down';
  if (strain.databaseFails) return 'database-unavailable';
  if (strain.loopDelayMs > bounds.loopDelayMs || strain.requests >= bounds.requests) return 'overloaded';
  return null;
}

/** Why a request is refused; null when it may come in. `bringsRows` means rows that have to be stored and mirrored. */
export function refusalOf(strain: Strain, bringsRows: boolean, bounds: Bounds): RefusalSlug | null {
  const general = generalRefusal(strain, bounds);
  if (general || !bringsRows) return general;
  if (strain.storageLow) return 'storage-low';
  return strain.queueSaturated ? 'queue-saturated' : null;
}

/** Whether a body may join those already held. One that is larger than the bound may come alone. */
export function hasRoom(heldBytes: number, bodyBytes: number, boundBytes: number): boolean {
  return heldBytes === 0 || heldBytes + bodyBytes <= boundBytes;
}

/** All that a readiness check has to name, worst first. */
export function reasonsOf(strain: Strain, bounds: Bounds): RefusalSlug[] {
  const general = generalRefusal(strain, bounds);
  return [
    ...(general ? [general] : []),
    ...(strain.storageLow ? (['storage-low'] as const) : []),
    ...(strain.queueSaturated ? (['queue-saturated'] as const) : []),
  ];
}

/** A queue that was full counts as full until a fifth of the bound is free again. */
export function isSaturated(was: boolean, depth: number, bound: number): boolean {
  return depth > (was ? bound * 0.8 : bound);
}

/** The least free space to go on with: 1 GiB, or 5 % of a disk that is smaller than 20 GiB. */
export function leastFreeBytes(diskBytes: number): number {
  return Math.min(2 ** 30, diskBytes * 0.05);
}

const streamWindowBytes = 8 * 2 ** 20;
const inflation = 10;

/**
 * Memory to set aside for a body of which only the headers are known. A streamed body holds a window of rows; a
 * compressed one is taken for ten times its size, within the limit of a plain one.
 */
export function bodyBytesOf(
  body: { length: number | null; isCompressed: boolean; isStreamed: boolean },
  limitBytes: number,
): number {
  if (body.isStreamed) return streamWindowBytes;
  if (body.length === null) return limitBytes;
  return Math.min(limitBytes, body.isCompressed ? body.length * inflation : body.length);
}
