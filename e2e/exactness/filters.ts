import { type Dataset, fieldValue } from './dataset.ts';

type Scalar = string | number | boolean;

export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { field: string; op: string; value?: Scalar | Scalar[] };

/** The filter language as the API documents it, row by row: a null makes every comparison false. */
export function isMatch(data: Dataset, row: number, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every((part) => isMatch(data, row, part));
  if ('or' in filter) return filter.or.some((part) => isMatch(data, row, part));
  if ('not' in filter) return !isMatch(data, row, filter.not);
  const value = fieldValue(data, filter.field, row);
  if (filter.op === 'is_null') return value === null;
  if (value === null) return false;
  if (filter.op === 'not_null') return true;
  const given: Scalar[] = Array.isArray(filter.value)
    ? filter.value
    : filter.value === undefined
      ? []
      : [filter.value];
  const [first, second] = given;
  if (first === undefined) return false;
  switch (filter.op) {
    case 'eq':
      return value === first;
    case 'ne':
      return value !== first;
    case 'in':
      return given.includes(value);
    case 'not_in':
      return !given.includes(value);
    case 'lt':
      return value < first;
    case 'lte':
      return value <= first;
    case 'gt':
      return value > first;
    case 'gte':
      return value >= first;
    case 'between':
      return second !== undefined && value >= first && value <= second;
    case 'contains':
      return typeof value === 'string' && value.includes(String(first));
    default:
      throw new Error(`no such operator: ${filter.op}`);
  }
}
