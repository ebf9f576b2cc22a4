import type { Filter, FilterLeaf, FilterScalar } from '@plumbline/contracts';
import type { ColumnarModel, EventSelection } from '../columnar.ts';
import type { SampleActual, SampleEvent } from './sample-events.ts';

/** Events with their effective actual, computed row by row. */
export function plainEvents(events: SampleEvent[], actuals: SampleActual[] = []): SampleEvent[] {
  const later = (a: SampleActual, b: SampleActual) =>
    (a.actual_ms ?? -Infinity) > (b.actual_ms ?? -Infinity) ||
    ((a.actual_ms ?? -Infinity) === (b.actual_ms ?? -Infinity) && a.actual_seq > b.actual_seq);
  const latest = new Map<string, SampleActual>();
  for (const actual of [...events.flatMap((e) => e.actual ?? []), ...actuals]) {
    const known = latest.get(actual.prediction_id);
    if (!known || later(actual, known)) latest.set(actual.prediction_id, actual);
  }
  return events.map(({ event }) => ({ event, actual: latest.get(event.prediction_id) ?? null }));
}

export function plainValue(
  model: ColumnarModel,
  { event, actual }: SampleEvent,
  field: string,
): FilterScalar | null {
  if (field.startsWith('features.')) {
    const name = field.slice(9);
    const known = model.features.some((f) => f.name === name);
    const isOwn = known && Object.hasOwn(event.features, name);
    return isOwn ? (event.features[name] ?? null) : null;
  }
  if (field.startsWith('tags.')) {
    const name = field.slice(5);
    return event.tags && Object.hasOwn(event.tags, name) ? (event.tags[name] ?? null) : null;
  }
  const fixed: Record<string, FilterScalar | null | undefined> = {
    prediction_id: event.prediction_id,
    prediction_score: event.prediction_score,
    prediction_label: event.prediction_label,
    model_version: event.model_version,
    environment: event.environment,
    actual_label: actual?.actual_label,
    actual_score: actual?.actual_score,
  };
  return fixed[field] ?? null;
}

/** The filter language of the API, evaluated on one event. */
function plainFilter(model: ColumnarModel, filter: Filter, row: SampleEvent): boolean {
  if ('and' in filter) return filter.and.every((f) => plainFilter(model, f, row));
  if ('or' in filter) return filter.or.some((f) => plainFilter(model, f, row));
  if ('not' in filter) return !plainFilter(model, filter.not, row);
  return plainLeaf(filter, plainValue(model, row, filter.field));
}

function compare(a: FilterScalar, b: FilterScalar): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : Number(a > b);
}

function plainLeaf({ field, op, value }: FilterLeaf, actual: FilterScalar | null): boolean {
  if (op === 'is_null') return actual === null;
  if (op === 'not_null') return actual !== null;
  if (actual === null || value === undefined) return false;
  const isTagEquality = field.startsWith('tags.') && ['eq', 'ne', 'in', 'not_in'].includes(op);
  const all = (Array.isArray(value) ? value : [value]).map((v) => (isTagEquality ? String(v) : v));
  const values = all.filter((v) => typeof v === typeof actual);
  const [first, second] = values;
  if (first === undefined) return false;
  const order = compare(actual, first);
  switch (op) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'in':
      return values.some((v) => compare(actual, v) === 0);
    case 'not_in':
      return !values.some((v) => compare(actual, v) === 0);
    case 'between':
      return second !== undefined && order >= 0 && compare(actual, second) <= 0;
    case 'contains':
      return typeof actual === 'string' && typeof first === 'string' && actual.includes(first);
  }
}

export function plainSelection(
  model: ColumnarModel,
  rows: SampleEvent[],
  selection: EventSelection,
): SampleEvent[] {
  return rows.filter(
    (row) =>
      row.event.prediction_ms >= (selection.fromMs ?? -Infinity) &&
      row.event.prediction_ms < (selection.toMs ?? Infinity) &&
      (selection.version === undefined || row.event.model_version === selection.version) &&
      (selection.environment === undefined || row.event.environment === selection.environment) &&
      (selection.filter === undefined || plainFilter(model, selection.filter, row)),
  );
}
