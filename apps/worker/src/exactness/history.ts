import fc from 'fast-check';

export type ExactTask = 'binary_classification' | 'regression';

export interface PostedEvent {
  prediction_id: string;
  prediction_timestamp: string;
  model_version: string;
  environment: 'production' | 'validation';
  features: Record<string, string | number | null>;
  prediction_score: number;
  prediction_label?: string;
  actual_label?: string | null;
  actual_score?: number | null;
  actual_timestamp?: string;
}

export interface PostedActual {
  prediction_id: string;
  actual_label?: string | null;
  actual_score?: number | null;
  actual_timestamp?: string;
}

/** A row of a history. Rows of one `order.key` mean the same in any play only while they keep the order of `order.rank`. */
export type Row = (
  | { kind: 'events'; body: PostedEvent; refused: boolean }
  | { kind: 'actuals'; body: PostedActual; refused: false }
) & { copies: number; order?: { key: string; rank: number } };

export interface History {
  task: ExactTask;
  rows: Row[];
}

/** 2026-01-30: a history of three days crosses into another month. */
export const historyStart = Date.UTC(2026, 0, 30);
export const historyHours = 72;

/** What separates and quotes in the files between Postgres and DuckDB, now or in other formats. */
const awkward = '\u0001\u0002\u0001"\'\\\t,;\r\nü';

const iso = (ms: number) => new Date(ms).toISOString();
const hourMs = 3_600_000;

const copies = fc.constantFrom(1, 1, 1, 2, 3);

/** `day`: when the truth was known; several rows of one day are ties. */
const lateActual = fc.record({
  value: fc.constantFrom<(number | null)[]>(0, 1, 2, 3, null),
  day: fc.constantFrom(null, null, 1, 2, 2),
  copies,
});

/** One prediction id and everything that is ever said of it. */
const subject = fc.record({
  isPredicted: fc.constantFrom(true, true, true, true, true, true, false),
  minute: fc.nat(historyHours * 60 - 1),
  distance: fc.option(fc.integer({ min: 0, max: 2_000 }), { freq: 5 }),
  origin: fc.constantFrom('LAS', 'JFK', 'ORD', awkward, null),
  humidity: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0)),
  score: fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000),
  label: fc.constantFrom(undefined, undefined, 'late', 'on_time'),
  version: fc.constantFrom('1', '1', '2', `3${awkward}`),
  environment: fc.constantFrom('production' as const, 'production' as const, 'validation' as const),
  copies,
  conflicts: fc.constantFrom(0, 0, 0, 0, 1, 2),
  /** The actual inside the event: none, known before all others or after them. */
  inline: fc.constantFrom(null, null, { value: 0, day: 0 }, { value: 1, day: 0 }, { value: 1, day: 9 }),
  actuals: fc.array(lateActual, { maxLength: 4 }),
});

type Subject = typeof subject extends fc.Arbitrary<infer T> ? T : never;

/** Reals for regression, where sums in another order differ in the last digits. */
function truth(task: ExactTask, value: number | null): Pick<PostedActual, 'actual_label' | 'actual_score'> {
  if (task === 'regression') return { actual_score: value === null ? null : value / 3 };
  return { actual_label: value === null ? null : value % 2 === 0 ? 'on_time' : 'late' };
}

function eventOf(task: ExactTask, id: string, it: Subject): PostedEvent {
  const { inline } = it;
  return {
    prediction_id: id,
    prediction_timestamp: iso(historyStart + it.minute * 60_000 + 7),
    model_version: it.version,
    environment: it.environment,
    features: {
      distance: it.distance,
      origin: it.origin,
      ...(it.humidity === null ? {} : { humidity: it.humidity }),
    },
    prediction_score: it.score,
    ...(task === 'binary_classification' && it.label !== undefined ? { prediction_label: it.label } : {}),
    ...(inline ? { ...truth(task, inline.value), actual_timestamp: iso(actualAt(inline.day)) } : {}),
  };
}

const actualAt = (day: number) => historyStart + day * 24 * hourMs + 11;

function rowsOf(task: ExactTask, it: Subject, index: number): Row[] {
  const id = index % 5 === 0 ? `p ${index}${awkward}` : `p-${index}`;
  const rows: Row[] = [];
  if (it.isPredicted) {
    const body = eventOf(task, id, it);
    const order = (rank: number) => (it.conflicts > 0 ? { order: { key: `content ${id}`, rank } } : {});
    rows.push({ kind: 'events', body, refused: false, copies: 1, ...order(0) });
    if (it.copies > 1) rows.push({ kind: 'events', body, refused: false, copies: it.copies - 1 });
    for (let i = 1; i <= it.conflicts; i += 1) {
      const other = {
        ...body,
        prediction_score: (it.score + i / 10) % 1,
        actual_timestamp: iso(actualAt(20)),
      };
      rows.push({
        kind: 'events',
        body: { ...other, ...truth(task, 2) },
        refused: true,
        copies: it.copies,
        ...order(i),
      });
    }
  }
  for (const [rank, actual] of it.actuals.entries()) {
    const { value, day } = actual;
    rows.push({
      kind: 'actuals',
      body: {
        prediction_id: id,
        ...truth(task, value),
        ...(day === null ? {} : { actual_timestamp: iso(actualAt(day)) }),
      },
      refused: false,
      copies: actual.copies,
      order: { key: `actual ${id} ${day}`, rank },
    });
  }
  return rows;
}

/** What clients say of up to 80 predictions, in one order that means what every play of it must come to. */
export const histories: fc.Arbitrary<History> = fc
  .record({
    task: fc.constantFrom<ExactTask[]>('binary_classification', 'regression'),
    subjects: fc.array(subject, { minLength: 1, maxLength: 80, size: 'max' }),
  })
  .map(({ task, subjects }) => ({ task, rows: subjects.flatMap((it, i) => rowsOf(task, it, i)) }));
