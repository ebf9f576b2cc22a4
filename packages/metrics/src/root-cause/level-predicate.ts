import type { Dimension, Filter, FilterLeaf } from '@plumbline/contracts';
import { levelCount } from '@plumbline/contracts';

/** What holds for the events of one level, as a filter (all leaves together) and in words. */
export interface LevelPredicate {
  leaves: FilterLeaf[];
  label: string;
}

const text = new Intl.NumberFormat('en', { maximumSignificantDigits: 6, useGrouping: false });

/** The predicate of level `code` of a dimension. */
export function levelPredicate(dimension: Dimension, code: number): LevelPredicate {
  const { field, levels } = dimension;
  if (code === levelCount(dimension) - 1) return { leaves: [{ field, op: 'is_null' }], label: 'missing' };
  if ('cuts' in levels) {
    const [low, high] = [levels.cuts[code - 1], levels.cuts[code]];
    const from: FilterLeaf[] = low === undefined ? [] : [{ field, op: 'gte', value: low }];
    const to: FilterLeaf[] = high === undefined ? [] : [{ field, op: 'lt', value: high }];
    if (low === undefined && high === undefined)
      return { leaves: [{ field, op: 'not_null' }], label: 'any value' };
    return { leaves: [...from, ...to], label: rangeText(low, high) };
  }
  const value = levels.values[code];
  if (value !== undefined) {
    const label =
      value === '' ? '(empty text)' : typeof value === 'number' ? text.format(value) : String(value);
    return { leaves: [{ field, op: 'eq', value }], label };
  }
  if (levels.values.length === 0) return { leaves: [{ field, op: 'not_null' }], label: 'any value' };
  return { leaves: [{ field, op: 'not_in', value: [...levels.values] }], label: 'all other values' };
}

/** Leaves as one filter. */
export const allOf = (leaves: readonly FilterLeaf[]): Filter => {
  const [only, another] = leaves;
  return only && !another ? only : { and: [...leaves] };
};

function rangeText(low: number | undefined, high: number | undefined): string {
  if (low === undefined) return `below ${text.format(high ?? 0)}`;
  if (high === undefined) return `${text.format(low)} and more`;
  return `${text.format(low)} to below ${text.format(high)}`;
}
