import { describe, expect, test } from 'vitest';
import type { Client } from './client.ts';
import { performanceOf } from './expected.ts';
import { type Flight, flights, period } from './flights.ts';

interface Slices {
  rows: {
    group: Record<string, unknown>;
    metrics: Record<string, number | null>;
    n: number;
    n_labelled: number;
  }[];
  truncated: boolean;
}

function groupsOf(key: (flight: Flight) => string): Map<string, Flight[]> {
  const groups = new Map<string, Flight[]>();
  for (const flight of flights) groups.set(key(flight), [...(groups.get(key(flight)) ?? []), flight]);
  return groups;
}

export function slicesContract(client: () => Client): void {
  const ask = (body: object) =>
    client().send<Slices>('POST', '/v1/models/flights/slices', { ...period, ...body });

  describe('slices', () => {
    test.each<[string[], (flight: Flight) => string]>([
      [['features.origin'], ({ origin }) => JSON.stringify([origin])],
      [['model_version'], ({ version }) => JSON.stringify([version])],
      [['tags.channel', 'features.flag'], ({ channel, flag }) => JSON.stringify([channel, flag])],
    ])('by %j: volume counts all events, performance the labelled ones', async (group_by, key) => {
      const { rows, truncated } = await ask({
        group_by,
        metrics: ['accuracy', 'precision', 'recall', 'volume'],
      });
      const groups = groupsOf(key);
      expect(truncated).toBe(false);
      expect(
        rows.map(({ group }) => JSON.stringify(group_by.map((name) => group[name] ?? null))).sort(),
      ).toEqual([...groups.keys()].sort());
      for (const row of rows) {
        const members = groups.get(JSON.stringify(group_by.map((name) => row.group[name] ?? null))) ?? [];
        const expected = performanceOf(members);
        expect(row).toMatchObject({
          n: members.length,
          n_labelled: expected.n,
          metrics: { volume: members.length },
        });
        expect(row.metrics.recall).toBeCloseTo(expected.exact.recall, 9);
        expect(row.metrics.precision).toBeCloseTo(expected.exact.precision, 9);
        expect(row.metrics.accuracy).toBeCloseTo(expected.exact.accuracy, 9);
      }
    });

    test('order_by and limit, and truncated says that there were more', async () => {
      const { rows, truncated } = await ask({
        group_by: ['features.x'],
        metrics: ['volume', 'recall'],
        order_by: 'volume',
        limit: 2,
      });
      expect(rows).toHaveLength(2);
      expect(truncated).toBe(true);
      const volumes = rows.map(({ metrics }) => metrics.volume);
      expect(volumes.every((value) => value === 135 || value === 90 || value === 45)).toBe(true);
    });

    test('times may be epoch numbers here too', async () => {
      const { rows } = await ask({
        from: Date.parse(period.from) / 1000,
        to: Date.parse(period.to),
        group_by: ['model_version'],
        metrics: ['volume'],
      });
      expect(rows.map(({ n }) => n).sort()).toEqual([120, 240]);
    });

    test.each<[string, object]>([
      ['limit 1001', { group_by: ['features.x'], metrics: ['volume'], limit: 1001 }],
      ['limit 0', { group_by: ['features.x'], metrics: ['volume'], limit: 0 }],
      ['no group', { metrics: ['volume'] }],
      ['no metrics', { group_by: ['features.x'] }],
      ['an unknown metric', { group_by: ['features.x'], metrics: ['beauty'] }],
      ['an unknown field', { group_by: ['password'], metrics: ['volume'] }],
      [
        'a bad filter',
        {
          group_by: ['features.x'],
          metrics: ['volume'],
          filter: { field: 'features.x', op: 'like', value: 1 },
        },
      ],
      ['a filter as text', { group_by: ['features.x'], metrics: ['volume'], filter: 'x > 1' }],
      ['order by what was not asked', { group_by: ['features.x'], metrics: ['volume'], order_by: 'beauty' }],
      ['an unknown key', { group_by: ['features.x'], metrics: ['volume'], colour: 1 }],
    ])('%s is 422', async (_, body) => {
      const { status, text } = await client().call('POST', '/v1/models/flights/slices', {
        body: { ...period, ...body },
      });
      expect(status, text).toBe(422);
    });
    test('a limit of 1,000 is fine', async () => {
      expect((await ask({ group_by: ['features.x'], metrics: ['volume'], limit: 1000 })).rows).toHaveLength(
        5,
      );
    });
  });
}
