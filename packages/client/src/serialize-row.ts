import type { RejectedRow } from './report.ts';

/** The server's limit for one row. */
const maxRowBytes = 256 * 1024;
const maxDepth = 32;

/** Why a row cannot be sent. */
type RowFault = Pick<RejectedRow, 'prediction_id' | 'code' | 'pointer' | 'detail'>;
type ValueFault = Omit<RowFault, 'prediction_id'>;

/** JSON has no such number and would say null. */
function refuseInfinite(_key: string, value: unknown): unknown {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) throw new RangeError();
  return value;
}

/** Where the first value stands that JSON cannot carry, as a JSON pointer; undefined when there is none. */
function findFault(value: unknown, pointer: string, depth: number): ValueFault | undefined {
  if (depth > maxDepth) return { code: 'too_deep', pointer: '', detail: `more than ${maxDepth} levels` };
  if (typeof value === 'bigint') return { code: 'type_mismatch', pointer, detail: 'expected no bigint' };
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
    return { code: 'number_out_of_range', pointer, detail: 'expected a finite number' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const step = key.replaceAll('~', '~0').replaceAll('/', '~1');
    const fault = findFault(member, `${pointer}/${step}`, depth + 1);
    if (fault) return fault;
  }
  return undefined;
}

/** A row as JSON, NaN as null, or why it cannot be sent. Never throws, whatever getters and proxies do. */
export function serializeRow(row: unknown): { json: string; bytes: number } | { fault: RowFault } {
  try {
    const json: string | undefined = JSON.stringify(row, refuseInfinite);
    if (typeof row !== 'object' || row === null || json === undefined) {
      return { fault: faultOf(row, { code: 'type_mismatch', pointer: '', detail: 'expected an object' }) };
    }
    const bytes = Buffer.byteLength(json);
    if (bytes <= maxRowBytes) return { json, bytes };
    const detail = `at most ${maxRowBytes} bytes`;
    return { fault: faultOf(row, { code: 'event_too_large', pointer: '', detail }) };
  } catch {
    return { fault: faultOf(row) };
  }
}

/** What is wrong with a row, and its id where that can be read. */
function faultOf(row: unknown, known?: ValueFault): RowFault {
  const unreadable = { code: 'type_mismatch', pointer: '', detail: 'cannot be written as JSON' };
  try {
    const fault = known ?? findFault(row, '', 0) ?? unreadable;
    const id: unknown = typeof row === 'object' && row !== null && Reflect.get(row, 'prediction_id');
    return { prediction_id: typeof id === 'string' ? id : null, ...fault };
  } catch {
    return { prediction_id: null, ...unreadable };
  }
}
