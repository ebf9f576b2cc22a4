import { Problem } from '@plumbline/contracts';

/** An opaque cursor over a keyset position. */
function encodeCursor(position: Record<string, string | number>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws Problem 422 for anything that is not a cursor with these keys. */
export function decodeCursor<K extends string>(
  cursor: string,
  keys: Record<K, 'string' | 'number'>,
): Record<K, string & number> {
  const names = Object.keys(keys) as K[];
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof position === 'object' && position !== null) {
      const record = position as Record<K, string & number>;
      if (names.every((name) => typeof record[name] === keys[name])) return record;
    }
  } catch {
    // Falls through to the one answer for every bad cursor.
  }
  throw badQuery('cursor', 'not a cursor of this list');
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
