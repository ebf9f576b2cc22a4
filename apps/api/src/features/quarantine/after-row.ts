import { badQuery, decodeCursor } from '../../page.ts';

/** The id of the row a cursor stands at. @throws Problem 422 */
export function afterRow(cursor: string): string {
  const { id } = decodeCursor(cursor, { id: 'string' });
  if (!/^\d{1,18}$/.test(id)) throw badQuery('cursor', 'not a cursor of this list');
  return id;
}
