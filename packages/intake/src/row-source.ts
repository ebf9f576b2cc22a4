import type { PostedRow } from './posted-row.ts';
import type { CheckedRow, RowFault } from './row-check.ts';
import { type BodyDamage, type RowDamage, scanRows } from './scan-rows.ts';

/** The text rows were parsed from, for what parsing hides. */
export interface RowSource {
  /** A row that parsing changed: an integer in it was rounded. Null when it is as written. */
  roundedIn(index: number, row: unknown): FaultyRow | null;
}

type FaultyRow = Extract<PostedRow, { fault: RowFault }>;

const quoted = Buffer.from('"prediction_');
const letter = { i: 0x69, d: 0x64, t: 0x74, p: 0x70, quote: 0x22 };

/** How often the names of an event's id and time are written, wherever they stand. */
function namesWritten(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(quoted); at !== -1; at = bytes.indexOf(quoted, at)) {
    at += quoted.length;
    const first = bytes[at];
    const isId = first === letter.i && bytes[at + 1] === letter.d && bytes[at + 2] === letter.quote;
    const isTime = first === letter.t && bytes[at + 8] === letter.p && bytes[at + 9] === letter.quote;
    if (isId || isTime) count += 1;
  }
  return count;
}

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

function createSource(bytes: Buffer, list: string | null, firstIndex: number) {
  let scanned: { text: string; damage: BodyDamage } | null = null;
  const scan = () => {
    if (scanned === null) {
      const text = bytes.toString('utf8');
      scanned = { text, damage: scanRows(text, list) };
    }
    return scanned;
  };
  const faulty = (index: number, row: unknown, faultOf: (damage: RowDamage) => RowFault | null) => {
    const { text, damage } = scan();
    const found = damage.rows.get(index - firstIndex);
    const fault = found ? faultOf(found) : null;
    return found && fault ? { index, row, fault, text: text.slice(found.start, found.end) } : null;
  };
  return {
    envelopeFault(): RowFault | null {
      const { duplicateField } = scan().damage;
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
 * when the bytes are one row. `envelopeFault` tells of a field of the envelope that is written twice.
 */
export function postedRows(
  rows: readonly unknown[],
  bytes: Buffer,
  list: string | null,
  firstIndex = 0,
): { rows: PostedRow[]; envelopeFault: RowFault | null } {
  const source = createSource(bytes, list, firstIndex);
  const isTrue = namesWritten(bytes) === namesRead(rows);
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
