import type { Filter, FilterLeaf, FilterScalar } from '@plumbline/contracts';
import type { ColumnarModel } from './columnar.ts';
import { type Field, resolveField } from './field.ts';
import type { Params } from './params.ts';
import type { PartColumn } from './part-columns.ts';

export interface FilterSql {
  /** A condition that is true or false, never null. */
  sql: string;
  /** Part columns the condition reads. */
  columns: PartColumn[];
}

/**
 * A filter as a SQL condition over part columns; every value and tag name goes into `params`, never into the text.
 *
 * A null field, or a value of another type than the field's, makes a comparison false; values of another type
 * inside a list are passed over. Tags are stored as text: equality compares them with a value's JSON text. Strings compare by code point, false comes before true.
 */
export function filterSql(model: ColumnarModel, filter: Filter, params: Params): FilterSql {
  const columns: PartColumn[] = [];

  function visit(node: Filter): string {
    if ('and' in node) return `(${node.and.map(visit).join(' AND ')})`;
    if ('or' in node) return `(${node.or.map(visit).join(' OR ')})`;
    if ('not' in node) return `(NOT ${visit(node.not)})`;
    const field = resolveField(model, node.field, params);
    columns.push(...field.columns);
    return leafSql(field, node, params);
  }

  return { sql: visit(filter), columns };
}

const symbols = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

const equalities: readonly string[] = ['eq', 'ne', 'in', 'not_in'];

/** The values of a leaf that the field can be compared with. */
function valuesOf(field: Field, { field: name, op, value }: FilterLeaf): FilterScalar[] {
  const given: FilterScalar[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  if (!name.startsWith('tags.') || !equalities.includes(op))
    return given.filter((one) => typeof one === field.kind);
  return given.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
}

function leafSql(field: Field, leaf: FilterLeaf, params: Params): string {
  const { op } = leaf;
  if (op === 'is_null') return `(${field.sql} IS NULL)`;
  if (op === 'not_null') return `(${field.sql} IS NOT NULL)`;
  const values = valuesOf(field, leaf);
  const first = values[0];
  // Names the field, because every parameter of a statement must stand in its text.
  const never = `(${field.sql} IS NULL AND false)`;
  if (first === undefined) return never;
  const condition = () => {
    if (op === 'in' || op === 'not_in') {
      const list = values.map((value) => params.add(value)).join(', ');
      return `${field.sql} ${op === 'in' ? 'IN' : 'NOT IN'} (${list})`;
    }
    if (op === 'between') {
      const last = values[1];
      if (last === undefined) return never;
      return `${field.sql} >= ${params.add(first)} AND ${field.sql} <= ${params.add(last)}`;
    }
    if (op === 'contains')
      return field.kind === 'string' ? `contains(${field.sql}, ${params.add(first)})` : never;
    return `${field.sql} ${symbols[op]} ${params.add(first)}`;
  };
  return `coalesce(${condition()}, false)`;
}
