import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartRef } from './columnar.ts';
import { type Compaction, planCompaction } from './plan-compaction.ts';

const day = 86_400_000;
const january = Date.UTC(2001, 0, 1);
const now = new Date(january + 20 * day);
const longAfter = new Date(january + 60 * day);

let ids = 0;
function part(kind: PartRef['kind'], rows: number, from: number, to = from): PartRef {
  ids += 1;
  return {
    id: `part-${ids}`,
    kind,
    path: `m/${kind}/${ids}.parquet`,
    rows,
    minMs: january + from * day,
    maxMs: january + to * day,
  };
}
const parts = (count: number, kind: PartRef['kind'], rows: number) =>
  Array.from({ length: count }, (_, i) => part(kind, rows, i, i + 0.9));
const sizes = (plans: Compaction[]) => plans.map((plan) => [plan.eventParts.length, plan.actualParts.length]);

describe('planCompaction', () => {
  test.each<[string, PartRef[], Date, number[][]]>([
    ['nothing without parts', [], now, []],
    ['leaves seven small parts alone', parts(7, 'events', 100), now, []],
    ['merges eight small parts of a month', parts(8, 'events', 100), now, [[8, 0]]],
    ['merges from two on in a month that is over', parts(2, 'events', 100), longAfter, [[2, 0]]],
    ['leaves large parts alone', parts(20, 'events', 600_000), longAfter, []],
    ['merges medium parts to a million rows', parts(9, 'events', 120_000), now, [[8, 0]]],
    [
      'does not rewrite a part for a trickle',
      [...parts(7, 'events', 10), part('events', 90_000, 9)],
      now,
      [[7, 0]],
    ],
    [
      'takes months apart',
      [
        ...parts(4, 'events', 10),
        ...parts(4, 'events', 10).map((p) => ({
          ...p,
          minMs: p.minMs + 31 * day,
          maxMs: p.maxMs + 31 * day,
        })),
      ],
      now,
      [],
    ],
    ['leaves references alone', parts(9, 'reference', 10), longAfter, []],
    [
      'joins a trickle of actuals without rewriting events',
      [part('events', 900_000, 0, 10), ...parts(8, 'actuals', 10)],
      now,
      [[0, 8]],
    ],
    [
      'folds piled up actuals that are worth the rewrite',
      [part('events', 900_000, 0, 10), ...parts(8, 'actuals', 30_000)],
      now,
      [[1, 8]],
    ],
    [
      'drops actuals that touch merged parts alone',
      [...parts(8, 'events', 100), part('actuals', 5, 0, 7)],
      now,
      [[8, 1]],
    ],
    [
      'keeps actuals that touch another part',
      [...parts(8, 'events', 100), part('events', 700_000, 8, 9), part('actuals', 5, 0, 8)],
      now,
      [[8, 0]],
    ],
  ])('%s', (_, live, at, wanted) => {
    expect(sizes(planCompaction(live, at))).toEqual(wanted);
  });

  const live = fc.array(
    fc.record({
      kind: fc.constantFrom<PartRef['kind']>('events', 'events', 'events', 'actuals', 'reference'),
      rows: fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 2_000_000 })),
      from: fc.integer({ min: 0, max: 27 }),
      length: fc.double({ min: 0, max: 3, noNaN: true }),
      month: fc.integer({ min: 0, max: 1 }),
    }),
    { maxLength: 60 },
  );
  const build = (
    drawn: { kind: PartRef['kind']; rows: number; from: number; length: number; month: number }[],
  ) =>
    drawn.map(({ kind, rows, from, length, month }) =>
      part(kind, rows, from + 31 * month, Math.min(from + length, 27.9) + 31 * month),
    );

  test('never plans a part twice, keeps every event covered and comes to rest', () => {
    fc.assert(
      fc.property(live, fc.constantFrom(now, longAfter), (drawn, at) => {
        let current = build(drawn);
        const events = eventRows(current);
        for (let round = 0; ; round++) {
          expect(round).toBeLessThan(100);
          const plans = planCompaction(current, at);
          if (plans.length === 0) break;
          const taken = plans.flatMap((plan) => [...plan.eventParts, ...plan.actualParts]);
          expect(new Set(taken).size).toBe(taken.length);
          for (const plan of plans) {
            for (const actual of plan.eventParts.length > 0 ? plan.actualParts : [])
              for (const other of current)
                if (other.kind === 'events' && other.minMs <= actual.maxMs && other.maxMs >= actual.minMs)
                  expect(plan.eventParts).toContain(other);
            current = apply(current, plan);
          }
          expect(eventRows(current)).toBe(events);
        }
      }),
    );
  });

  test('a stream of small parts is rewritten a logarithmic number of times', () => {
    let current: PartRef[] = [];
    let rewritten = 0;
    const count = 4000;
    for (let i = 0; i < count; i++) {
      current.push(part('events', 100, (i / count) * 19));
      for (const plan of planCompaction(current, now)) {
        rewritten += plan.eventParts.reduce((sum, p) => sum + p.rows, 0);
        current = apply(current, plan);
      }
    }
    expect(rewritten / (count * 100)).toBeLessThan(12);
    expect(current.length).toBeLessThan(24);
  });
});

function eventRows(live: PartRef[]): number {
  return live.filter((p) => p.kind === 'events').reduce((sum, p) => sum + p.rows, 0);
}

function apply(current: PartRef[], plan: Compaction): PartRef[] {
  const gone = [...plan.eventParts, ...plan.actualParts];
  const [first] = plan.eventParts.length > 0 ? plan.eventParts : plan.actualParts;
  if (!first) return current;
  const from = plan.eventParts.length > 0 ? plan.eventParts : plan.actualParts;
  ids += 1;
  const merged: PartRef = {
    ...first,
    id: `part-${ids}`,
    rows: from.reduce((sum, p) => sum + p.rows, 0),
    minMs: Math.min(...from.map((p) => p.minMs)),
    maxMs: Math.max(...from.map((p) => p.maxMs)),
  };
  return [...current.filter((p) => !gone.includes(p)), merged];
}
