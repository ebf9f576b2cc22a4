import { type CommonQuery, type Environment, type Filter, parseFilter } from '@plumbline/contracts';
import { parseTime } from '@plumbline/intake';
import { isCalendarTime } from './is-calendar-time.ts';
import { badQuery } from './page.ts';

/** Which events a question is about; times in epoch ms, undefined = open. */
export interface Selection {
  fromMs?: number;
  toMs?: number;
  version?: string;
  environment: Environment;
  filter?: Filter;
}

const dayMs = 24 * 3_600_000;

/** A time of the query: as in bodies, or a UTC date. @throws Problem 422 */
export function queryTime(time: string | number, parameter: string): number {
  const text = String(time);
  // An unescaped "+" of an offset arrives as a space.
  const value = text.replace(/ (\d{2}:\d{2})$/, '+$1');
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? parseTime(`${value}T00:00:00Z`)
    : parseTime(/^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value);
  if (ms === null) throw badQuery(parameter, 'expected an RFC 3339 time with an offset or an epoch number');
  if (!isCalendarTime(ms)) throw badQuery(parameter, 'expected a time of the years 1 to 9999');
  return ms;
}

/** [from, to) of a query. @throws Problem 422 when it is empty */
export function queryRange(query: {
  from?: string | number | undefined;
  to?: string | number | undefined;
}): Pick<Selection, 'fromMs' | 'toMs'> {
  const fromMs = query.from === undefined ? undefined : queryTime(query.from, 'from');
  const toMs = query.to === undefined ? undefined : queryTime(query.to, 'to');
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) {
    throw badQuery('from', '"from" must be before "to"');
  }
  return { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) };
}

function queryFilter(text: string): Filter {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badQuery('filter', 'not valid JSON');
  }
  const parsed = parseFilter(value);
  if ('error' in parsed) throw badQuery('filter', parsed.error.slice(0, 500));
  return parsed.filter;
}

/** The events a query selects: production ones unless it names another environment. @throws Problem 422 */
export function parseSelection(query: CommonQuery): Selection {
  return {
    ...queryRange(query),
    ...(query.version === undefined ? {} : { version: query.version }),
    environment: query.environment ?? 'production',
    ...(query.filter === undefined || query.filter === '' ? {} : { filter: queryFilter(query.filter) }),
  };
}

/** The last `days` days before `now`. */
export const trailing = (days: number, now: number) => ({ fromMs: now - days * dayMs, toMs: now });
