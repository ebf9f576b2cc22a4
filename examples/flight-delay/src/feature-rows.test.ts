import { describe, expect, test } from 'vitest';
import { countFlights, type FlightRow, featureRows, flightDays } from './feature-rows.ts';

const minutes = 60_000;

async function collect(range: { from: string; to: string; everyNth: number }): Promise<FlightRow[]> {
  const rows: FlightRow[] = [];
  for await (const chunk of featureRows(range)) rows.push(...chunk);
  return rows;
}

describe('featureRows', () => {
  test('yields every flight of the range once, in time order', async () => {
    const range = { from: '2001-02-01', to: '2001-02-03' };
    const rows = await collect({ ...range, everyNth: 1 });
    expect(rows).toHaveLength(await countFlights(range));
    const times = rows.map((row) => row.departedMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(Date.parse('2001-02-01T00:00:00Z'));
    expect(times.at(-1)).toBeLessThan(Date.parse('2001-02-03T00:00:00Z'));
  });

  test('rolling features hold only what the hour before could know', async () => {
    const all = await collect({ from: '2001-02-07', to: '2001-02-09', everyNth: 1 });
    const feeding = all.filter((row) => new Date(row.departedMs).getUTCHours() >= 4);
    const secondDay = all.filter((row) => row.departedMs >= Date.parse('2001-02-08T00:00:00Z'));
    const asked = secondDay.filter((row, index) => index % 97 === 0 && row.features.hour >= 10);
    expect(asked.length).toBeGreaterThan(50);
    for (const { departedMs, features } of asked) {
      const isInHourBefore = (time: number) => time < departedMs && time >= departedMs - 60 * minutes;
      const fromOrigin = feeding.filter((row) => row.features.origin === features.origin);
      const departures = fromOrigin.filter((row) => isInHourBefore(row.departedMs));
      const results = fromOrigin.filter((row) =>
        isInHourBefore(row.departedMs + Math.ceil(45 + row.features.distance / 7) * minutes),
      );
      const late = results.filter((row) => row.delay > 15);
      expect(features.origin_departures_1h).toBe(departures.length);
      expect(features.origin_late_share_1h).toBe(results.length === 0 ? null : late.length / results.length);
    }
  });

  test('a sample is a subset with the same features', async () => {
    const range = { from: '2001-03-10', to: '2001-03-11' };
    const all = new Map((await collect({ ...range, everyNth: 1 })).map((row) => [row.dayRow, row]));
    const sample = await collect({ ...range, everyNth: 50 });
    expect(sample).toHaveLength(Math.ceil(all.size / 50));
    for (const row of sample) expect(row).toEqual(all.get(row.dayRow));
  });
});

test('a range over the end of a month is whole, and its features do not depend on where it starts', async () => {
  const range = { from: '2001-02-27', to: '2001-03-03' };
  const across = await collect({ ...range, everyNth: 1 });
  expect(across).toHaveLength(await countFlights(range));
  const days = [...new Set(across.map((row) => new Date(row.departedMs).toISOString().slice(0, 10)))];
  expect(days).toEqual(['2001-02-27', '2001-02-28', '2001-03-01', '2001-03-02']);
  const late = await collect({ from: '2001-02-28', to: '2001-03-01', everyNth: 1 });
  const start = across.findIndex((row) => row.departedMs >= Date.parse('2001-02-28T00:00:00Z'));
  expect(across.slice(start, start + late.length)).toEqual(late);
});

describe('flightDays', () => {
  test('cuts chunks at midnight and keeps the order', async () => {
    async function* chunks(): AsyncGenerator<FlightRow[]> {
      yield [
        flightAt('2001-02-01T23:58:00Z'),
        flightAt('2001-02-01T23:59:00Z'),
        flightAt('2001-02-02T00:00:00Z'),
      ];
      yield [flightAt('2001-02-02T08:00:00Z'), flightAt('2001-02-04T08:00:00Z')];
    }
    const days: [string, number][] = [];
    for await (const { day, flights } of flightDays(chunks())) days.push([day, flights.length]);
    expect(days).toEqual([
      ['2001-02-01', 2],
      ['2001-02-02', 2],
      ['2001-02-04', 1],
    ]);
  });
});

function flightAt(time: string): FlightRow {
  return {
    departedMs: Date.parse(time),
    dayRow: 1,
    delay: 0,
    features: {
      distance: 100,
      origin: 'ORD',
      destination: 'ATL',
      hour: 0,
      weekday: 'Thu',
      origin_departures_1h: 0,
      origin_late_share_1h: null,
    },
  };
}
