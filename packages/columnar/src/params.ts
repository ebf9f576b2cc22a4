export type SqlValue = string | number | boolean;

/** Values of a prepared statement in the order of their numbers. */
export interface Params {
  readonly values: SqlValue[];
  /** Takes a value and returns the typed placeholder that stands for it. */
  add(value: SqlValue): string;
}

export function createParams(): Params {
  const values: SqlValue[] = [];
  return {
    values,
    add(value) {
      values.push(value);
      return `$${values.length}::${typeOf(value)}`;
    },
  };
}

function typeOf(value: SqlValue): string {
  if (typeof value === 'string') return 'VARCHAR';
  return typeof value === 'number' ? 'DOUBLE' : 'BOOLEAN';
}
