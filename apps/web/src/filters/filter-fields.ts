import type { FilterOperator, FilterScalar, Model } from '@plumbline/contracts';
import { fieldText } from './filter-text.ts';

export type FieldKind = 'number' | 'text' | 'boolean';

export interface FilterField {
  field: string;
  label: string;
  kind: FieldKind;
}

const kindOf = (kind: string): FieldKind =>
  kind === 'numeric' ? 'number' : kind === 'boolean' ? 'boolean' : 'text';

/** What a cohort of this model can be made of. */
export function filterFields(model: Model): FilterField[] {
  const isRegression = model.task === 'regression';
  const named = (field: string, kind: FieldKind): FilterField => ({ field, label: fieldText(field), kind });
  return [
    ...model.features
      .filter((f) => f.kind !== 'embedding')
      .map((f) => named(`features.${f.name}`, kindOf(f.kind))),
    ...model.tags.map((t) => named(`tags.${t.name}`, 'text')),
    named('prediction_score', 'number'),
    ...(isRegression
      ? [named('actual_score', 'number')]
      : [named('prediction_label', 'text'), named('actual_label', 'text')]),
  ];
}

export const operatorsOf: Record<FieldKind, readonly FilterOperator[]> = {
  number: ['gte', 'gt', 'lte', 'lt', 'between', 'eq', 'ne', 'is_null', 'not_null'],
  text: ['eq', 'ne', 'in', 'not_in', 'contains', 'is_null', 'not_null'],
  boolean: ['eq', 'is_null', 'not_null'],
};

function scalarOf(kind: FieldKind, text: string): FilterScalar | undefined {
  if (kind === 'text') return text;
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value;
}

/**
 * Reads typed values as one clause's value: `undefined` for operators that take none.
 * Returns the reason when the text does not fit.
 */
export function readFilterValue(
  kind: FieldKind,
  op: FilterOperator,
  texts: string[],
): { value: FilterScalar | FilterScalar[] | undefined } | { error: string } {
  if (op === 'is_null' || op === 'not_null') return { value: undefined };
  const isList = op === 'in' || op === 'not_in' || op === 'between';
  if (texts.length === 0 || (op === 'between' && texts.length !== 2)) return { error: 'Enter a value' };
  const values = texts.map((text) => scalarOf(kind, text));
  const expected = kind === 'number' ? 'Enter a number' : 'Choose true or false';
  if (values.some((value) => value === undefined)) return { error: expected };
  const known = values as FilterScalar[];
  if (op === 'between' && Number(known[0]) > Number(known[1]))
    return { error: 'The first number must not be larger' };
  return { value: isList ? known : known[0] };
}
