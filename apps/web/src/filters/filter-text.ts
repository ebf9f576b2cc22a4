import { type Filter, type FilterOperator, type FilterScalar, fixedFilterFields } from '@plumbline/contracts';

export const operatorWords: Record<FilterOperator, string> = {
  eq: 'is',
  ne: 'is not',
  in: 'is one of',
  not_in: 'is none of',
  lt: '<',
  lte: '≤',
  gt: '>',
  gte: '≥',
  between: 'between',
  is_null: 'is missing',
  not_null: 'is present',
  contains: 'contains',
};

const fixed: readonly string[] = fixedFilterFields;

/** A field or column as people call it: a feature by its own name, a fixed field in words. */
export function fieldText(field: string): string {
  if (field.startsWith('features.')) return field.slice('features.'.length);
  if (field.startsWith('tags.')) return `tag ${field.slice('tags.'.length)}`;
  return fixed.includes(field) ? field.replaceAll('_', ' ') : field;
}

const scalarText = (value: FilterScalar) => (value === '' ? '(empty)' : String(value));

function valueText(value: FilterScalar | FilterScalar[] | undefined, op: FilterOperator): string {
  if (value === undefined) return '';
  if (!Array.isArray(value)) return ` ${scalarText(value)}`;
  return ` ${value.map(scalarText).join(op === 'between' ? ' and ' : ', ')}`;
}

/** A filter in words, e.g. `origin is ORD and (distance > 500 or hour ≥ 18)`. */
export function filterText(filter: Filter, nested = false): string {
  if ('and' in filter || 'or' in filter) {
    const [parts, joiner] = 'and' in filter ? [filter.and, ' and '] : [filter.or, ' or '];
    const text = parts.map((part) => filterText(part, parts.length > 1)).join(joiner);
    return nested && parts.length > 1 ? `(${text})` : text;
  }
  if ('not' in filter) return `not ${filterText(filter.not, true)}`;
  return `${fieldText(filter.field)} ${operatorWords[filter.op]}${valueText(filter.value, filter.op)}`;
}
