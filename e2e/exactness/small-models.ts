import { type FlightRow, featureRows } from '@plumbline/flight-delay';
import { createDatasetBuilder, type Dataset, type SourceRow, type Value } from './dataset.ts';

export interface SmallModel {
  reference: { data: Dataset; rows: SourceRow[] };
  production: { data: Dataset; rows: SourceRow[] };
}

/** Flights of a few days as rows of a small model; columns of every kind of bins, missing and unseen values. */
async function smallModel(finish: (flight: FlightRow, row: SourceRow) => void): Promise<SmallModel> {
  const reference = await days('2001-01-10', '2001-01-13', 16, finish);
  const production = await days('2001-02-10', '2001-02-13', 12, finish);
  return { reference, production };
}

async function days(
  from: string,
  to: string,
  everyNth: number,
  finish: (flight: FlightRow, row: SourceRow) => void,
): Promise<SmallModel['reference']> {
  const builder = createDatasetBuilder();
  const rows: SourceRow[] = [];
  for await (const flights of featureRows({ from, to, everyNth })) {
    for (const flight of flights) {
      const row: SourceRow = {
        id: `s-${flight.departedMs}-${flight.dayRow}`,
        ms: flight.departedMs,
        version: rows.length % 2 === 0 ? 'a' : 'b',
        environment: 'production',
        features: featuresOf(flight, rows.length),
        tags: { side: flight.features.origin < 'M' ? 'early' : 'late' },
        score: null,
        label: null,
        probabilities: null,
        actualLabel: null,
        actualScore: null,
      };
      finish(flight, row);
      rows.push(row);
      builder.add(row);
    }
  }
  return { data: builder.build(), rows };
}

function featuresOf({ departedMs, features }: FlightRow, place: number): Record<string, Value> {
  const isProduction = departedMs > Date.UTC(2001, 1, 1);
  return {
    distance: features.distance,
    late_share: features.origin_late_share_1h,
    origin: features.origin,
    // Few values, and one the reference never had.
    quarter: isProduction && place % 40 === 5 ? 2.5 : Math.floor(features.hour / 6),
    is_long: place % 17 === 4 ? null : features.distance > 1000,
    // Constant in the reference.
    fleet: isProduction && place % 30 === 1 ? 2 : 1,
  };
}

export const smallFeatures = [
  { name: 'distance', kind: 'numeric' },
  { name: 'late_share', kind: 'numeric' },
  { name: 'origin', kind: 'categorical' },
  { name: 'quarter', kind: 'numeric' },
  { name: 'is_long', kind: 'boolean' },
  { name: 'fleet', kind: 'numeric' },
];

/** Predicts the minutes of delay from what is known; labels of one in nine are missing. */
export function regressionModel(): Promise<SmallModel> {
  return smallModel((flight, row) => {
    const { hour, origin_late_share_1h: share, distance } = flight.features;
    row.score = -4 + hour * 0.7 + (share ?? 0.2) * 40 - distance / 900;
    row.actualScore = flight.dayRow % 9 === 0 ? null : flight.delay;
  });
}

/** Predicts one of three delay classes with probabilities that sum to 1. */
export function multiclassModel(): Promise<SmallModel> {
  return smallModel((flight, row) => {
    const { hour, origin_late_share_1h: share } = flight.features;
    const weights = {
      on_time: 1,
      late: Math.exp(-1.6 + hour * 0.03 + (share ?? 0.2)),
      very_late: Math.exp(-3.2 + hour * 0.08 + (share ?? 0.2) * 4),
    };
    const total = weights.on_time + weights.late + weights.very_late;
    const probabilities = Object.fromEntries(
      Object.entries(weights).map(([name, weight]) => [name, weight / total]),
    );
    row.probabilities = probabilities;
    row.label = Object.entries(probabilities).reduce((best, next) => (next[1] > best[1] ? next : best))[0];
    const actual = flight.delay > 60 ? 'very_late' : flight.delay > 15 ? 'late' : 'on_time';
    row.actualLabel = flight.dayRow % 9 === 0 ? null : actual;
  });
}
