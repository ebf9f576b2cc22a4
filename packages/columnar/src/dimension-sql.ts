import { type Dimension, levelCount } from '@plumbline/contracts';
import { categorySql, finiteSql } from './column-profiles.ts';
import type { ColumnarModel } from './columnar.ts';
import { resolveField } from './field.ts';
import type { Params } from './params.ts';
import type { PartColumn } from './part-columns.ts';
import { doubleLiteral } from './sql-text.ts';

/** The level of an event as an integer, never null, and the part columns it reads. */
export function dimensionSql(
  model: ColumnarModel,
  { field: name, levels }: Dimension,
  params: Params,
): { sql: string; columns: PartColumn[] } {
  const field = resolveField(model, name, params);
  const missing = levelCount({ levels }) - 1;
  const isNumber = field.kind === 'number';
  const value = isNumber ? finiteSql(field) : categorySql(field);
  const cases: string[] = [`WHEN ${value} IS NULL THEN ${missing}`];
  if ('cuts' in levels) {
    for (const [i, cut] of levels.cuts.entries())
      if (isNumber) cases.push(`WHEN ${value} < ${doubleLiteral(cut)} THEN ${i}`);
    return { sql: `CASE ${cases.join(' ')} ELSE ${levels.cuts.length} END`, columns: field.columns };
  }
  for (const [i, level] of levels.values.entries()) {
    if (!isNumber) cases.push(`WHEN ${value} = ${params.add(String(level))} THEN ${i}`);
    else if (typeof level === 'number') cases.push(`WHEN ${value} = ${doubleLiteral(level)} THEN ${i}`);
  }
  return { sql: `CASE ${cases.join(' ')} ELSE ${levels.values.length} END`, columns: field.columns };
}
