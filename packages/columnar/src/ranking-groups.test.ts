import { readFileSync } from 'node:fs';
import { type RankingMeasure, rankingMeasures } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { type SampleEvent, sampleStart } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

interface Case {
  scores: number[];
  relevance: (number | null)[];
  /** Null of a list without anything relevant. */
  measures: Record<RankingMeasure, number> | null;
}
const fixture = new URL('../fixtures/ranking.fixture.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };
const hourMs = 3_600_000;
const model = sampleModel('ranking');

let open: OpenColumnar;
beforeAll(async () => {
  open = await openColumnar();
});
afterAll(() => open.close());

/** With `byRank`, scores are left out and the place is posted instead. */
function listOf({ scores, relevance }: Case, group: string, hour: number, byRank: boolean): SampleEvent[] {
  const order = scores.toSorted((a, b) => b - a);
  return scores.map((score, i) => {
    const id = `${group}-${hour}-${i}`;
    const ms = sampleStart + hour * hourMs + i;
    const gain = relevance[i] ?? null;
    return {
      event: {
        prediction_id: id,
        prediction_ms: ms,
        model_version: 'v1',
        environment: 'production' as const,
        features: {},
        group_id: group,
        ...(byRank ? { rank: order.indexOf(score) + 1 } : { prediction_score: score }),
      },
      actual:
        gain === null
          ? null
          : {
              prediction_id: id,
              predicted_ms: ms,
              actual_label: null,
              actual_score: gain,
              actual_ms: null,
              actual_seq: 1,
            },
    };
  });
}

async function profiled(events: SampleEvent[]) {
  const parts = await open.columnar.writeParts(model, await csvRows(open.incoming, events));
  const whole = await open.columnar.profile(model, { columns: [] }, parts, {});
  const hours = await open.columnar.profiles(model, { columns: [] }, parts, { grain: 'hour' });
  return { whole: whole.performance.ranking, hours: hours.map(({ profile }) => profile.performance.ranking) };
}

describe.each([false, true])('ranked lists, by rank: %s', (byRank) => {
  test.each(cases.map((row, i) => [i, row] as const))(
    'list %i has the measures of trec_eval',
    async (_, row) => {
      const { whole } = await profiled(listOf(row, 'q', 0, byRank));
      expect(whole?.lists).toBe(row.measures ? 1 : 0);
      for (const measure of rankingMeasures)
        expect(whole?.measures[measure].sum, measure).toBeCloseTo(row.measures?.[measure] ?? 0, 9);
    },
  );
});

test('lists add up over hours, and the same group in another hour is another list', async () => {
  const scored = cases.filter(
    (row): row is Case & { measures: Record<RankingMeasure, number> } => row.measures !== null,
  );
  const { whole, hours } = await profiled(scored.flatMap((row, i) => listOf(row, `q${i % 3}`, i, false)));
  expect(whole?.lists).toBe(scored.length);
  expect(hours.map((hour) => hour?.lists)).toEqual(scored.map(() => 1));
  for (const measure of rankingMeasures) {
    const values = scored.map(({ measures }) => measures[measure]);
    const sum = values.reduce((a, b) => a + b, 0);
    const m2 = values.reduce((squares, x) => squares + (x - sum / values.length) ** 2, 0);
    expect(whole?.measures[measure].sum).toBeCloseTo(sum, 9);
    expect(whole?.measures[measure].m2).toBeCloseTo(m2, 9);
    expect(hours.reduce((total, hour) => total + (hour?.measures[measure].sum ?? 0), 0)).toBeCloseTo(sum, 9);
  }
});

test('events without a group are in no list', async () => {
  const [row] = cases;
  const events = row ? listOf(row, 'q', 0, false) : [];
  for (const { event } of events) delete event.group_id;
  expect((await profiled(events)).whole?.lists).toBe(0);
});
