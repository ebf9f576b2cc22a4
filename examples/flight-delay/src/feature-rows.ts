import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { FlightFeatures } from './model.ts';

const require = createRequire(import.meta.url);

/** One flight of the data file with the features known when it leaves the gate. */
export interface FlightRow {
  /** Departure in epoch milliseconds; the file's local time read as UTC. */
  departedMs: number;
  /** Position among the flights of its day, from 1, before any sampling. */
  dayRow: number;
  /** Minutes late at arrival; negative when early. */
  delay: number;
  features: FlightFeatures;
}

/** Days `YYYY-MM-DD`, `to` excluded. */
export interface DayRange {
  from: string;
  to: string;
}

/** Where the installed `vega-datasets` package keeps the three million flights. */
function flightsFile(): string {
  return join(dirname(require.resolve('vega-datasets')), '..', 'data', 'flights-3m.parquet');
}

async function openFlights(): Promise<{ connection: DuckDBConnection; close: () => void }> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const path = flightsFile().replaceAll("'", "''");
  await connection.run(
    `create view flights as select * from read_parquet('${path}', file_row_number = true)`,
  );
  return {
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** How many flights a range holds. */
export async function countFlights({ from, to }: DayRange): Promise<number> {
  const { connection, close } = await openFlights();
  try {
    const reader = await connection.runAndReadAll(
      'select cast(count(*) as double) from flights where date >= cast($from as timestamp) and date < cast($to as timestamp)',
      { from, to },
    );
    return Number(reader.getRowsJS()[0]?.[0]);
  } finally {
    close();
  }
}

/**
 * Every nth flight of each day in the range, in the order of the file (by departure), in chunks of some thousand rows.
 * The rolling features are computed over all flights, sampled or not.
 */
export async function* featureRows({
  from,
  to,
  everyNth,
}: DayRange & { everyNth: number }): AsyncGenerator<FlightRow[]> {
  const { connection, close } = await openFlights();
  try {
    const query = readFileSync(new URL('../features.sql', import.meta.url), 'utf8');
    for (const month of monthsOf({ from, to })) {
      const result = await connection.stream(query, { ...month, every_nth: everyNth });
      for await (const rows of result.yieldRowObjectJs()) yield rows.map(toFlightRow);
    }
  } finally {
    close();
  }
}

/** Cuts a range at the first of each month: five queries over a month are twice as fast as one over five. */
function* monthsOf({ from, to }: DayRange): Generator<DayRange> {
  for (let start = from; start < to; ) {
    const day = new Date(`${start}T00:00:00Z`);
    const next = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1)).toISOString().slice(0, 10);
    const end = next < to ? next : to;
    yield { from: start, to: end };
    start = end;
  }
}

function toFlightRow(row: Record<string, unknown>): FlightRow {
  const share = row.origin_late_share_1h;
  return {
    departedMs: Number(row.departed_ms),
    dayRow: Number(row.day_row),
    delay: Number(row.delay),
    features: {
      distance: Number(row.distance),
      origin: String(row.origin),
      destination: String(row.destination),
      hour: Number(row.hour),
      weekday: String(row.weekday),
      origin_departures_1h: Number(row.origin_departures_1h),
      origin_late_share_1h: share === null ? null : Number(share),
    },
  };
}

/** The flights of one calendar day. */
export interface FlightDay {
  day: string;
  flights: FlightRow[];
}

/** Regroups chunks of rows, which come in time order, into days. */
export async function* flightDays(chunks: AsyncIterable<FlightRow[]>): AsyncGenerator<FlightDay> {
  let current: FlightDay | undefined;
  for await (const chunk of chunks) {
    for (const flight of chunk) {
      const day = new Date(flight.departedMs).toISOString().slice(0, 10);
      if (current && current.day !== day) {
        yield current;
        current = undefined;
      }
      current ??= { day, flights: [] };
      current.flights.push(flight);
    }
  }
  if (current) yield current;
}
