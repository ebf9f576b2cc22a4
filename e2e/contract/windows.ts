import { describe, expect, test } from 'vitest';
import type { Distribution, Drift, Performance, Series } from './answers.ts';
import type { Client } from './client.ts';
import { distances } from './expected.ts';
import { day, flights, hour, period, reference, start } from './flights.ts';

const slug = '/v1/models/flights';
const iso = (time: number) => new Date(time).toISOString();
const total = (values: (number | null)[]) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

export function windowsContract(client: () => Client): void {
  const ask = <Body>(path: string, query: Record<string, string> = {}) =>
    client().get<Body>(`${slug}/${path}`, { ...period, ...query });

  describe('windows and comparisons', () => {
    test.each<[string, Record<string, string>, number]>([
      [
        'from and to within days, to is not included',
        { from: iso(start + 6 * hour), to: iso(start + day + 6 * hour) },
        120,
      ],
      ['one hour', { from: iso(start + 5 * hour), to: iso(start + 6 * hour) }, 5],
      ['epoch seconds', { from: String(start / 1000), to: String((start + day) / 1000) }, 120],
      ['epoch milliseconds', { from: String(start), to: String(start + day) }, 120],
      ['an offset', { from: '2001-02-01T02:00:00+02:00', to: '2001-02-02T02:00:00+02:00' }, 120],
      ['version', { version: 'v2' }, 240],
      ['a version nobody sent', { version: 'v3' }, 0],
      ['environment', { environment: 'validation' }, 7],
      ['version and environment', { environment: 'validation', version: 'v2' }, 0],
      ['a window without events', { from: iso(start + 30 * day), to: iso(start + 31 * day) }, 0],
    ])('%s selects the events it says', async (_, query, n) => {
      expect((await ask<Performance>('performance', query)).n_events).toBe(n);
      const volume = await ask<Series>('timeseries', { metric: 'volume', granularity: 'day', ...query });
      expect(total(volume.points.map(({ value }) => value))).toBe(n);
    });

    test.each<[string, string, number]>([
      ['the reference', 'reference', 400],
      ['the period before', 'previous_period', 120],
      ['a range', JSON.stringify({ from: iso(start), to: iso(start + day) }), 120],
    ])('compare_to %s', async (_, compare_to, n) => {
      const query = { compare_to, from: iso(start + day), to: iso(start + 2 * day) };
      const { bins } = await ask<Distribution>('distribution', { column: 'x', ...query });
      expect(total(bins.map(({ reference_count }) => reference_count))).toBe(n);
      expect(total(bins.map(({ current_count }) => current_count))).toBe(120);
      const report = await ask<Drift>('drift', query);
      const x = report.columns.find(({ column }) => column.endsWith('x'));
      expect(x).toMatchObject({ n_reference: n, n_current: 120 });
      const base =
        n === 400 ? reference.map((row) => row.x) : flights.slice(0, 120).map((flight) => flight.x);
      const expected = distances(
        base,
        flights.slice(120, 240).map((flight) => flight.x),
      );
      expect(x?.metrics.find(({ metric }) => metric === 'js_distance')?.value).toBeCloseTo(
        expected.js_distance,
        6,
      );
    });
  });
}
