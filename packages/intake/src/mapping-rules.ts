import { type MappingRule, mappedGroups, type ScalarType } from '@plumbline/contracts';
import type { PostedRow } from './posted-row.ts';

type Members = Record<string, unknown>;
interface Path {
  group: (typeof mappedGroups)[number] | null;
  name: string;
}
type Step = (row: MappedRow) => void;

const decimal = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const truths = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** A double holds such an integer as another one; it is not to pass as what was written. */
const isRounded = (value: unknown) => Number.isInteger(value) && !Number.isSafeInteger(value);

function convert(value: string | number | boolean, to: ScalarType): unknown {
  if (isRounded(value)) return value;
  if (to === 'string') return String(value);
  if (to === 'boolean') return truths.get(String(value).trim().toLowerCase()) ?? value;
  if (typeof value === 'boolean') return Number(value);
  const number = typeof value === 'string' && decimal.test(value) ? Number(value) : value;
  return Number.isFinite(number) && !isRounded(number) ? number : value;
}

function pathOf(text: string): Path {
  const group = mappedGroups.find((name) => text.startsWith(`${name}.`)) ?? null;
  return { group, name: group === null ? text : text.slice(group.length + 1) };
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A row that is copied on the first write, member by member, so that what was posted stays as it is. */
class MappedRow {
  readonly #posted: Members;
  #copy: Members | null = null;
  readonly #groups = new Map<string, Members>();

  constructor(posted: Members) {
    this.#posted = posted;
  }

  get result(): Members {
    return this.#copy ?? this.#posted;
  }

  read({ group, name }: Path): unknown {
    const members = group === null ? this.result : this.result[group];
    return isObject(members) && Object.hasOwn(members, name) ? members[name] : undefined;
  }

  /** False when there is no place for the value: the group is no object. */
  write({ group, name }: Path, value: unknown): boolean {
    const members = this.#writable(group);
    if (!members) return false;
    if (value === undefined) delete members[name];
    else members[name] = value;
    return true;
  }

  #writable(group: Path['group']): Members | null {
    this.#copy ??= { ...this.#posted };
    if (group === null) return this.#copy;
    const known = this.#groups.get(group);
    if (known) return known;
    const posted = this.#copy[group] ?? {};
    if (!isObject(posted)) return null;
    const copy = { ...posted };
    this.#copy[group] = copy;
    this.#groups.set(group, copy);
    return copy;
  }
}

function stepOf(rule: MappingRule): Step {
  if ('rename' in rule) {
    const [from, to] = [pathOf(rule.rename), pathOf(rule.to)];
    return (row) => {
      const value = row.read(from);
      if (value === undefined || row.read(to) !== undefined) return;
      if (row.write(to, value)) row.write(from, undefined);
    };
  }
  const field = pathOf(rule.field);
  if ('set_missing' in rule) {
    const missing = new Set<unknown>(rule.set_missing);
    return (row) => {
      if (missing.has(row.read(field))) row.write(field, null);
    };
  }
  return (row) => {
    const value = row.read(field);
    if (typeof value !== rule.from) return;
    const converted = convert(value as string | number | boolean, rule.to);
    if (converted !== value) row.write(field, converted);
  };
}

/**
 * Mends rows by rules, in order. What a rule does not fit stays as it is, and is then judged like any row. Rows that
 * changed keep what was posted beside them. Pure.
 */
export function mapRows(rules: readonly MappingRule[], rows: PostedRow[]): PostedRow[] {
  if (rules.length === 0) return rows;
  const steps = rules.map(stepOf);
  return rows.map((posted) => {
    if (!('row' in posted) || !isObject(posted.row)) return posted;
    const row = new MappedRow(posted.row);
    for (const step of steps) step(row);
    return row.result === posted.row ? posted : { ...posted, row: row.result, asPosted: posted.row };
  });
}
