/** One prediction of the small data set that every expected number is counted from. */
export interface Flight {
  prediction_id: string;
  prediction_timestamp: string;
  /** Milliseconds. */
  time: number;
  version: string;
  x: number;
  origin: string | null;
  flag: boolean;
  score: number;
  label: 'late' | 'on_time';
  channel: string | null;
  actual: 'late' | 'on_time' | null;
}

export const start = Date.UTC(2001, 1, 1);
export const day = 86_400_000;
export const hour = 3_600_000;
export const period = { from: new Date(start).toISOString(), to: new Date(start + 3 * day).toISOString() };

const pick = <T>(values: readonly [T, ...T[]], i: number): T => values[i % values.length] ?? values[0];

/** Three days of production, 120 flights each, all on the full hour. */
export const flights: readonly Flight[] = Array.from({ length: 360 }, (_, i) => {
  const time = start + Math.floor(i / 120) * day + (i % 24) * hour;
  const score = ((i * 7) % 10) / 10 + 0.05;
  const late = i % 9 < 4 ? score >= 0.5 : i % 2 === 0;
  return {
    prediction_id: `p-${i}`,
    prediction_timestamp: new Date(time).toISOString(),
    time,
    version: i < 120 ? 'v1' : 'v2',
    x: pick([1, 2, 2, 3, 4, 4, 4, 5], i),
    origin: i % 11 === 0 ? null : pick(['A', 'A', 'B', 'Z'], i),
    flag: i % 3 === 0,
    score,
    label: score >= 0.5 ? 'late' : 'on_time',
    channel: i % 5 === 0 ? null : pick(['App', 'web'], i),
    actual: i % 6 === 5 ? null : late ? 'late' : 'on_time',
  };
});

/** What production is compared with. */
export const reference: readonly Pick<Flight, 'x' | 'origin' | 'flag' | 'score'>[] = Array.from(
  { length: 400 },
  (_, i) => ({
    x: 1 + (i % 4),
    origin: pick(['A', 'B', 'C'], i),
    flag: i % 2 === 0,
    score: (i % 10) / 10 + 0.05,
  }),
);

export const flightModel = {
  task: 'binary_classification',
  display_name: 'Flights',
  positive_label: 'late',
  decision_threshold: 0.5,
  features: [
    { name: 'x', kind: 'numeric', min: 0, max: 4 },
    { name: 'origin', kind: 'categorical' },
    { name: 'flag', kind: 'boolean' },
  ],
  tags: [{ name: 'channel' }],
};

export function toEvent(flight: Flight): object {
  return {
    prediction_id: flight.prediction_id,
    prediction_timestamp: flight.prediction_timestamp,
    prediction_score: flight.score,
    features: { x: flight.x, origin: flight.origin, flag: flight.flag },
    tags: flight.channel === null ? {} : { channel: flight.channel },
    shap_values: { x: (flight.x - 2) / 10, origin: flight.origin === 'A' ? -0.05 : 0.02, flag: 0.01 },
    shap_base_value: 0.3,
  };
}

export const referenceEvents = reference.map(({ x, origin, flag, score }, i) => ({
  prediction_id: `r-${i}`,
  prediction_timestamp: '2001-01-15T00:00:00Z',
  prediction_score: score,
  features: { x, origin, flag },
}));
