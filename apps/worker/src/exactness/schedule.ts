import type { History, Row } from './history.ts';

export interface Batch {
  kind: Row['kind'];
  rows: Row['body'][];
  ndjson: boolean;
  /** Sent with this Idempotency-Key, twice. */
  key: string | null;
}

/** Everything in a step happens at the same time. */
export interface Step {
  batches: Batch[];
  work: { worker: number; job: Job }[];
  /** Whether charts are asked afterwards, in the middle of things. */
  isAsked: boolean;
}

/** `nibble` mirrors the fewest rows that can be and profiles nothing. */
export type Job = 'refresh' | 'compact' | 'nibble';

const jobs: readonly Job[] = ['refresh', 'refresh', 'compact', 'nibble'];

/** Numbers in [0, 1) that follow from the seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Every row once, the refused ones left out: one batch of events, one of actuals, then one worker. */
export function orderedSchedule({ rows }: History): Step[] {
  const batches = (['events', 'actuals'] as const).map((kind) => ({
    kind,
    rows: rows.filter((row) => row.kind === kind && !row.refused).map((row) => row.body),
    ndjson: false,
    key: null,
  }));
  return batches
    .filter((batch) => batch.rows.length > 0)
    .map((batch) => ({
      batches: [batch],
      work: [],
      isAsked: false,
    }));
}

/** All copies in any order, but rows of one order key stay in the order of their ranks. */
function shuffled(rows: Row[], random: () => number): Row[] {
  const all = rows.flatMap((row) => Array.from({ length: row.copies }, () => row));
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j] as Row, all[i] as Row];
  }
  const places = new Map<string, number[]>();
  for (const [i, { order }] of all.entries())
    if (order) places.set(order.key, [...(places.get(order.key) ?? []), i]);
  for (const indexes of places.values()) {
    const sorted = indexes
      .map((i) => all[i] as Row)
      .sort((a, b) => (a.order?.rank ?? 0) - (b.order?.rank ?? 0));
    for (const [at, i] of indexes.entries()) all[i] = sorted[at] as Row;
  }
  return all;
}

/** The same row with its fields in another order, as another client would write it. */
const rewritten = <T extends object>(body: T, random: () => number): T =>
  random() < 0.5 ? body : (Object.fromEntries(Object.entries(body).reverse()) as T);

interface CutBatch extends Batch {
  orderKeys: Set<string>;
}

function cut(rows: Row[], random: () => number): CutBatch[] {
  const batches: CutBatch[] = [];
  const longest = random() < 0.5 ? 30 : 160;
  for (let from = 0; from < rows.length; ) {
    const some = rows.slice(from, from + 1 + Math.floor(random() * longest));
    from += some.length;
    for (const kind of random() < 0.5 ? (['events', 'actuals'] as const) : (['actuals', 'events'] as const)) {
      const own = some.filter((row) => row.kind === kind);
      if (own.length === 0) continue;
      batches.push({
        kind,
        rows: own.map((row) => rewritten(row.body, random)),
        ndjson: random() < 0.2,
        key: random() < 0.2 ? `key-${batches.length}` : null,
        orderKeys: new Set(own.flatMap((row) => (row.order ? [row.order.key] : []))),
      });
    }
  }
  return batches;
}

/** One way of many in which a history reaches an installation with so many workers. */
export function shuffledSchedule({ rows }: History, random: () => number, workers: number): Step[] {
  const batches = cut(shuffled(rows, random), random);
  const steps: Step[] = [];
  for (let next = 0; next < batches.length; ) {
    const together: CutBatch[] = [];
    const most = 1 + Math.floor(random() * 4);
    for (; next < batches.length && together.length < most; next += 1) {
      const batch = batches[next] as CutBatch;
      if (together.some(({ orderKeys }) => [...orderKeys].some((key) => batch.orderKeys.has(key)))) break;
      together.push(batch);
    }
    const work: Step['work'] = [];
    while (random() < 0.35) {
      const worker = Math.floor(random() * workers);
      work.push({ worker, job: jobs[Math.floor(random() * jobs.length)] ?? 'refresh' });
    }
    steps.push({ batches: together, work, isAsked: random() < 0.1 });
  }
  return steps;
}
