import { Problem, pageQuery } from '@plumbline/contracts';
import { z } from 'zod';
import { isCalendarTime } from './is-calendar-time.ts';

/** An opaque cursor over a keyset position. */
export function encodeCursor(position: Record<string, string | number>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Cursors come from outside: a number is a time, a text one that a database can look for. */
function isPosition(value: unknown, type: 'string' | 'number'): boolean {
  if (type === 'number') return typeof value === 'number' && isCalendarTime(value);
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000');
}

/** @throws Problem 422 for anything that is not a cursor with these keys; numbers are epoch milliseconds. */
export function decodeCursor<K extends string>(
  cursor: string,
  keys: Record<K, 'string' | 'number'>,
): Record<K, string & number> {
  const names = Object.keys(keys) as K[];
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof position === 'object' && position !== null) {
      const record = position as Record<K, string & number>;
      if (names.every((name) => isPosition(record[name], keys[name]))) return record;
    }
  } catch {
    // Falls through to the one answer for every bad cursor.
  }
  throw badQuery('cursor', 'not a cursor of this list');
}

/** The number a cursor over ids that are numbers stands at. @throws Problem 422 */
export function afterId(cursor: string): string {
  const { id } = decodeCursor(cursor, { id: 'string' });
  if (!/^\d{1,18}$/.test(id)) throw badQuery('cursor', 'not a cursor of this list');
  return id;
}

export function badQuery(parameter: string, detail: string): Problem {
  return new Problem('bad-query', {
    detail: `${parameter}: ${detail}`,
    errors: [{ pointer: parameter, code: 'bad_query', detail }],
  });
}

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}

/** A page from one row more than was asked for. */
export function toPage<R, T>(
  rows: R[],
  limit: number,
  show: (row: R) => T,
  positionOf: (row: R) => Record<string, string | number>,
): Page<T> {
  const shownRows = rows.slice(0, limit);
  const last = shownRows.at(-1);
  return {
    data: shownRows.map(show),
    next_cursor: rows.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null,
  };
}

/** The query of lists that are short by nature: whole unless a limit is asked for. */
export const shortListQuery = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});

/** A page of a list that is at hand as a whole. @throws Problem 422 for a cursor whose row is gone */
export function pageOf<R, T>(
  rows: R[],
  { limit, cursor }: z.infer<typeof shortListQuery>,
  show: (row: R) => T,
  idOf: (row: R) => string,
): Page<T> {
  const after = cursor === undefined ? null : decodeCursor(cursor, { id: 'string' }).id;
  const start = after === null ? 0 : rows.findIndex((row) => idOf(row) === after) + 1;
  if (after !== null && start === 0) throw badQuery('cursor', 'its row is gone');
  return toPage(rows.slice(start, start + limit + 1), limit, show, (row) => ({ id: idOf(row) }));
}
