import { randomOf } from './random.ts';

export type Target = 'api' | 'worker' | 'postgres';

export type Fault = { atMs: number } & (
  | { kind: 'kill'; target: Target | 'everything' }
  | { kind: 'terminate'; target: 'api' | 'worker' }
  | { kind: 'freeze'; target: Target; forMs: number }
);

export interface FaultCounts {
  kill: Record<Target | 'everything', number>;
  freeze: Record<Target, number>;
  terminate: Record<'api' | 'worker', number>;
}

type What =
  | Omit<Extract<Fault, { kind: 'kill' }>, 'atMs'>
  | Omit<Extract<Fault, { kind: 'terminate' }>, 'atMs'>
  | Omit<Extract<Fault, { kind: 'freeze' }>, 'atMs'>;

const times = <T>(counts: Record<string, number>, make: (target: string) => T): T[] =>
  Object.entries(counts).flatMap(([target, count]) => Array.from({ length: count }, () => make(target)));

/** All faults of a run in order of time: one in every equal share of it, in an order that follows from the seed. */
export function planFaults(seed: number, durationMs: number, counts: FaultCounts): Fault[] {
  const random = randomOf(seed);
  const what = [
    ...times(counts.kill, (target) => ({ kind: 'kill', target }) as What),
    ...times(counts.terminate, (target) => ({ kind: 'terminate', target }) as What),
    ...times(counts.freeze, (target) => ({ kind: 'freeze', target, forMs: random.int(2000, 5000) }) as What),
  ];
  const shareMs = durationMs / what.length;
  return random
    .shuffled(what)
    .map((fault, i) => ({ ...fault, atMs: Math.round((i + random.next()) * shareMs) }) as Fault);
}

/** Counts for a run of any length, in the proportions of the short one. */
export function countsFor(durationMs: number): FaultCounts {
  const of = (inAMinute: number) => Math.max(1, Math.round((inAMinute * durationMs) / 60_000));
  return {
    kill: { api: of(5), worker: of(5), postgres: of(4), everything: of(2) },
    freeze: { api: of(1), worker: of(1), postgres: of(1) },
    terminate: { api: of(2), worker: of(1) },
  };
}
