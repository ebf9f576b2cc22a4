import type { ColumnarModel } from './columnar.ts';
import { bodyColumns, featureColumn, type ModelFeature, type PartColumn } from './part-columns.ts';
import { textLiteral } from './sql-text.ts';

export interface BodySql {
  /** Expressions over `body` that a subquery must name: one parsed structure each. */
  structures: string[];
  /** Expressions over those names, one for each body and feature column. */
  columns: string[];
}

/**
 * Typed columns from `body`, the JSON text of a StoredEvent.
 *
 * One `from_json` parses all fields at once: it finds a feature by hashing its name, where `json_extract` walks the
 * object once for each. Field names of DuckDB structures ignore case, so names that differ by case alone are
 * parsed into structures of their own.
 */
export function bodySql(model: ColumnarModel): BodySql {
  const groups: Map<string, { feature: ModelFeature; column: PartColumn }>[] = [];
  const columns: string[] = [];
  for (const feature of model.features) {
    const column = featureColumn(feature);
    if (!column) continue;
    const folded = feature.name.toLowerCase();
    let index = groups.findIndex((group) => !group.has(folded));
    if (index < 0) index = groups.push(new Map()) - 1;
    groups[index]?.set(folded, { feature, column });
    columns.push(`s${index}.features[${textLiteral(feature.name)}] AS ${column.name}`);
  }
  const fixed = bodyColumns.map(({ name, type }): [string, string] => [name, type.replaceAll(' ', '')]);
  const structures = [
    new Map<string, { feature: ModelFeature; column: PartColumn }>(),
    ...groups.slice(1),
  ].map((_, index) => structure(groups[index], index === 0 ? fixed : [], index));
  return { structures, columns: [...bodyColumns.map(({ name }) => `s0.${name}`), ...columns] };
}

function structure(
  group: Map<string, { feature: ModelFeature; column: PartColumn }> | undefined,
  fixed: [string, string][],
  index: number,
): string {
  const features = [...(group?.values() ?? [])].map(({ feature, column }): [string, string] => [
    feature.name,
    column.type,
  ]);
  const shape = objectText([
    ...fixed.map(([name, type]): [string, string] => [name, JSON.stringify(type)]),
    ...(features.length > 0
      ? [
          ['features', objectText(features.map(([name, type]) => [name, JSON.stringify(type)]))] as [
            string,
            string,
          ],
        ]
      : []),
  ]);
  return `from_json(body, ${textLiteral(shape)}) AS s${index}`;
}

/** JSON text of an object whose values are JSON texts; takes `__proto__` as a name like any other. */
function objectText(entries: [string, string][]): string {
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
