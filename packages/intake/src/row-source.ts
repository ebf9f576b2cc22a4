import type { PostedRow } from './posted-row.ts';
import type { CheckedRow, RowFault } from './row-check.ts';
import { type BodyDamage, type RowDamage, scanRows } from './scan-rows.ts';

/** The text rows were parsed from, for what parsing hides. */
export interface RowSource {
  /** A row that parsing changed: an integer in it was rounded. Null when it is as written. */
  roundedIn(index: number, row: unknown): FaultyRow | null;
}

type FaultyRow = Extract<PostedRow, { fault: RowFault }>;

const identity = /"prediction_(?:id|timestamp)"/g;

/**
 * How often the names of an event's id and time are written, wherever they stand. One global match is a single call
 * into native code: 0.13 µs a row of 20 features, where a loop over `indexOf` takes twice that.
 */
const namesWritten = (text: string): number => text.match(identity)?.length ?? 0;

function namesRead(rows: readonly unknown[]): number {
  let count = 0;
  for (const row of rows) {
    if (typeof row !== 'object' || row === null) continue;
    if ('prediction_id' in row) count += 1;
    if ('prediction_timestamp' in row) count += 1;
  }
  return count;
}

const duplicateKey = (field: string): RowFault => ({
  code: 'duplicate_key',
  pointer: `/${field}`,
  detail: `${field} is given twice`,
});

const unsafeInteger = (pointer: string): RowFault => ({
  code: 'unsafe_integer',
  pointer,
  detail: 'a double does not hold this integer beyond 2^53 as it is written; send it as a string',
});

function createSource(text: string, list: string | null, firstIndex: number) {
  let scanned: BodyDamage | null = null;
  const scan = () => {
    scanned ??= scanRows(text, list);
    return scanned;
  };
  const faulty = (index: number, row: unknown, faultOf: (damage: RowDamage) => RowFault | null) => {
    const found = scan().rows.get(index - firstIndex);
    const fault = found ? faultOf(found) : null;
    return found && fault ? { index, row, fault, text: text.slice(found.start, found.end) } : null;
  };
  return {
    envelopeFault(): RowFault | null {
      const { duplicateField } = scan();
      return duplicateField === null ? null : duplicateKey(duplicateField);
    },
    duplicateIn: (index: number, row: unknown): FaultyRow | null =>
      faulty(index, row, ({ duplicateField: field }) =>
        field === undefined ? null : duplicateKey(field.slice(1)),
      ),
    roundedIn: (index: number, row: unknown): FaultyRow | null =>
      faulty(index, row, ({ unsafeInteger: pointer }) =>
        pointer === undefined ? null : unsafeInteger(pointer),
      ),
  };
}

/**
 * The parsed rows of a body with the faults that parsing hides: an id or a time that is written twice. Bodies that
 * name ids and times as often as their rows have them are not looked at again. `list` is the envelope's list; null
 * when the text is one row. `envelopeFault` tells of a field of the envelope that is written twice.
 */
export function postedRows(
  rows: readonly unknown[],
  text: string,
  list: string | null,
  firstIndex = 0,
): { rows: PostedRow[]; envelopeFault: RowFault | null } {
  const source = createSource(text, list, firstIndex);
  const isTrue = namesWritten(text) === namesRead(rows);
  const posted = rows.map((row, i): PostedRow => {
    const index = firstIndex + i;
    return (isTrue ? null : source.duplicateIn(index, row)) ?? { index, row, source };
  });
  return { rows: posted, envelopeFault: isTrue ? null : source.envelopeFault() };
}

/** The row as checked, or at fault where reading its numbers changed them; `aside` is then the row as it was written. */
export function refuseRounded<T>(
  posted: Exclude<PostedRow, FaultyRow>,
  checked: CheckedRow<T>,
): { value: T } | { fault: RowFault; aside?: PostedRow } {
  if ('fault' in checked || !checked.hasLargeNumber) return checked;
  const aside = posted.source?.roundedIn(posted.index, posted.row);
  return aside ? { fault: aside.fault, aside } : checked;
}
