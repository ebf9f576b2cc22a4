import type { PartRef } from './columnar.ts';

/**
 * Parts to hand to `Columnar.merge` together, and to replace by its result. No `eventParts`: the actuals parts are
 * merged among themselves. `actualParts` touch no event part outside `eventParts`, so nothing needs them afterwards.
 */
export interface Compaction {
  eventParts: PartRef[];
  actualParts: PartRef[];
}

/** A merge never makes an event part larger than this, in rows, unless actuals are folded into larger ones. */
const targetRows = 1_000_000;
const smallRows = 100_000;
const mediumRows = 500_000;
const partsToMerge = 8;
/** Months that ended longer ago than this are tidied up from two parts on. */
const settledAfterMs = 2 * 86_400_000;
/** Actuals are folded once they are this share of the events that must be rewritten for them. */
const foldedShare = 0.25;
/** A part joins a merge only when it has at most this many times the rows of the smaller ones in it. */
const growth = 2;

/**
 * Which live parts of one model to merge now. At most one event merge and one merge of actuals a UTC month; apply,
 * then plan again until nothing is left.
 *
 * Because a part at most doubles what joins it, each merge leaves a row in a part at least half as large again as
 * the one it came from, so a row is rewritten O(log n) times.
 */
export function planCompaction(parts: PartRef[], now: Date): Compaction[] {
  const months = new Map<number, { events: PartRef[]; actuals: PartRef[] }>();
  for (const part of parts) {
    if (part.kind === 'reference') continue;
    const start = monthStart(part.minMs);
    const month = months.get(start) ?? { events: [], actuals: [] };
    (part.kind === 'events' ? month.events : month.actuals).push(part);
    months.set(start, month);
  }
  const live = parts.filter((part) => part.kind === 'events');
  return [...months]
    .sort(([a], [b]) => b - a)
    .flatMap(([start, month]) => {
      const isSettled = now.getTime() - nextMonthStart(start) > settledAfterMs;
      return planMonth(month, live, isSettled ? 2 : partsToMerge);
    });
}

function planMonth(
  { events, actuals }: { events: PartRef[]; actuals: PartRef[] },
  live: PartRef[],
  least: number,
): Compaction[] {
  const touched = live.filter((event) => actuals.some((actual) => touches(actual, event)));
  const isFoldDue = actuals.length >= least || (least < partsToMerge && actuals.length > 0);
  if (isFoldDue && touched.length > 0 && rowsOf(actuals) >= foldedShare * rowsOf(touched))
    return [{ eventParts: touched, actualParts: droppable(actuals, touched, live) }];

  const plans: Compaction[] = [];
  const small = events.filter((part) => part.rows < smallRows);
  const medium = events.filter((part) => part.rows < mediumRows);
  let merged: PartRef[] = [];
  if (small.length >= least) merged = alike(small);
  if (merged.length === 0 && medium.length - small.length >= least) merged = alike(medium);
  const dropped = merged.length > 0 ? droppable(actuals, merged, live) : [];
  if (merged.length > 0) plans.push({ eventParts: merged, actualParts: dropped });
  const kept = actuals.filter((part) => !dropped.includes(part));
  const joined = kept.length >= least ? alike(kept) : [];
  if (joined.length > 0) plans.push({ eventParts: [], actualParts: joined });
  return plans;
}

/** The most parts of like size that make at most the target together, smallest and oldest first; fewer than two = none. */
function alike(parts: PartRef[]): PartRef[] {
  const sorted = [...parts].sort((a, b) => a.rows - b.rows || a.minMs - b.minMs || (a.id < b.id ? -1 : 1));
  let best: PartRef[] = [];
  for (let first = 0; first < sorted.length - best.length; first++) {
    const run: PartRef[] = [];
    let rows = 0;
    for (const part of sorted.slice(first)) {
      if (run.length > 0 && (part.rows > growth * rows || rows + part.rows > targetRows)) break;
      run.push(part);
      rows += part.rows;
    }
    if (run.length > best.length) best = run;
  }
  return best.length >= 2 ? best : [];
}

/** Actuals parts whose events are all in `merged`. */
function droppable(actuals: PartRef[], merged: PartRef[], live: PartRef[]): PartRef[] {
  const stays = live.filter((part) => !merged.includes(part));
  return actuals.filter(
    (actual) => merged.some((part) => touches(actual, part)) && !stays.some((part) => touches(actual, part)),
  );
}

function touches(a: PartRef, b: PartRef): boolean {
  return a.minMs <= b.maxMs && a.maxMs >= b.minMs;
}

function rowsOf(parts: PartRef[]): number {
  return parts.reduce((sum, part) => sum + part.rows, 0);
}

function monthStart(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

function nextMonthStart(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
