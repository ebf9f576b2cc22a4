import { type FeatureKind, limits } from '@plumbline/contracts';
import { parseTime } from './parse-time.ts';

/** Why a row was refused; `pointer` is relative to the row. */
export interface RowFault {
  code: string;
  pointer: string;
  detail: string;
}

class RowRefusal extends Error {
  readonly fault: RowFault;
  constructor(fault: RowFault) {
    super(fault.detail);
    this.fault = fault;
  }
}

/** Refuses the row that is being checked; only inside {@link checkRow}. */
export function refuse(code: string, pointer: string, detail: string): never {
  throw new RowRefusal({ code, pointer, detail });
}

/** Of the row that is being checked: whether a number is so large that reading it may have changed it. */
let hasLargeNumber = false;

/** A row as checked. `hasLargeNumber`: some number in it lies beyond the integers a double can tell apart. */
export type CheckedRow<T> = { value: T; hasLargeNumber?: true } | { fault: RowFault };

/** Runs a check; what it refused comes back as a fault. */
export function checkRow<T>(check: () => T): CheckedRow<T> {
  hasLargeNumber = false;
  try {
    const value = check();
    return hasLargeNumber ? { value, hasLargeNumber } : { value };
  } catch (error) {
    if (error instanceof RowRefusal) return { fault: error.fault };
    throw error;
  }
}

/** A name as a segment of a JSON pointer (RFC 6901), fit to be stored as text. */
export function pointerTo(name: string): string {
  const plain = name.slice(0, limits.nameCharacters).toWellFormed().replaceAll('\u0000', '\ufffd');
  return `/${plain.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export function refuseType(expected: string, pointer: string, value: unknown): never {
  return refuse('type_mismatch', pointer, `expected ${expected}, got ${shown(value)}`);
}

export function checkObject(value: unknown, pointer: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuseType('an object', pointer, value);
  }
  return value as Record<string, unknown>;
}

export function checkNumber(value: unknown, pointer: string): number {
  if (typeof value !== 'number') return refuseType('a number', pointer, value);
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  if (!Number.isFinite(value)) return refuse('number_out_of_range', pointer, 'the number is too large');
  hasLargeNumber = true;
  return value;
}

export function checkText(value: unknown, pointer: string, maxCharacters: number): string {
  if (typeof value !== 'string') return refuseType('a string', pointer, value);
  if (value.length > maxCharacters) {
    return refuse('string_too_long', pointer, `at most ${maxCharacters} characters`);
  }
  if (value.includes('\u0000')) return refuse('nul_character', pointer, 'NUL characters are not allowed');
  if (!value.isWellFormed()) return refuse('ill_formed_unicode', pointer, 'lone surrogates are not allowed');
  return value;
}

export function checkId(row: Record<string, unknown>): string {
  const value = row.prediction_id;
  if (value === undefined) return refuse('missing_field', '/prediction_id', 'prediction_id is required');
  if (typeof value !== 'string') return refuseType('a string', '/prediction_id', value);
  if (value.length > limits.idCharacters || value.trim() === '') {
    return refuse('bad_id', '/prediction_id', `1 to ${limits.idCharacters} characters, not blank`);
  }
  return checkText(value, '/prediction_id', limits.idCharacters);
}

export function checkTime(value: unknown, pointer: string, now: number): number {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return refuseType('an RFC 3339 time or epoch number', pointer, value);
  }
  const ms = parseTime(value);
  if (ms === null) {
    return refuse('bad_timestamp', pointer, `not an RFC 3339 time with an offset: ${shown(value)}`);
  }
  if (ms < limits.earliestMs) return refuse('timestamp_too_old', pointer, 'before 1980');
  if (ms > now + limits.futureToleranceMs) {
    return refuse('timestamp_in_future', pointer, 'more than 10 minutes in the future');
  }
  return ms;
}

/** Names of features, tags, classes and attributions. */
export function checkName(name: string, parent: string): void {
  if (name === '__proto__') refuse('forbidden_key', parent, 'the name __proto__ is not allowed');
  if (name === '' || name.length > limits.nameCharacters || name.startsWith('$')) {
    refuse(
      'bad_feature_name',
      parent,
      `1 to ${limits.nameCharacters} characters, no leading "$": ${shown(name)}`,
    );
  }
  for (let i = 0; i < name.length; i += 1) {
    const code = name.charCodeAt(i);
    if (code < 32 || code === 127) {
      refuse('bad_feature_name', parent, `control characters are not allowed: ${shown(name)}`);
    }
  }
  if (!name.isWellFormed()) refuse('ill_formed_unicode', parent, 'lone surrogates are not allowed in names');
}

export function checkFields(row: Record<string, unknown>, known: ReadonlySet<string>): void {
  for (const key of Object.keys(row)) {
    if (known.has(key)) continue;
    if (key === '__proto__') refuse('forbidden_key', '', 'the field __proto__ is not allowed');
    refuse('unknown_field', pointerTo(key), 'this field is not known');
  }
}

/** The kind a value would give a feature seen for the first time. */
export function kindOf(value: unknown): FeatureKind | null {
  if (typeof value === 'number') return 'numeric';
  if (typeof value === 'string') return 'categorical';
  if (typeof value === 'boolean') return 'boolean';
  return Array.isArray(value) ? 'embedding' : null;
}
