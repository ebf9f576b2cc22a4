import { type EventSelection, type PartRef, toColumnarModel } from '@plumbline/columnar';
import { columnRole, type Dimension } from '@plumbline/contracts';
import { dimensionOf, valuesDimension } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import type { Question } from './question.ts';

/** Events a question is about and the parts that hold them. */
export interface Side {
  selection: EventSelection;
  parts: PartRef[];
}

const mostValues = 20;

/** What the events of a model can be parted by: features by their bins, tags and the version by their most frequent values. */
export async function modelDimensions(
  { columnar }: Pick<Deps, 'columnar'>,
  { model, body, selection }: Pick<Question, 'model' | 'body' | 'selection'>,
  sides: readonly Side[],
): Promise<Dimension[]> {
  const features = body.columns.filter(({ column }) => columnRole(column) === 'feature').map(dimensionOf);
  const fields = [
    ...model.tags.map(({ name }) => `tags.${name}`),
    ...(selection.version === undefined ? ['model_version'] : []),
  ];
  const others = fields.map(async (field) => {
    const counts = new Map<string, number>();
    for (const side of sides) {
      const { rows } = await columnar.slices(toColumnarModel(model), side.parts, {
        ...side.selection,
        groupBy: [field],
        metrics: ['volume'],
        orderBy: { key: 'volume', descending: true },
        minN: 0,
        limit: mostValues,
      });
      for (const { group, n } of rows) {
        const value = group[field];
        if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + n);
      }
    }
    const values = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([value]) => value);
    return valuesDimension(field, values);
  });
  return [
    ...features,
    ...(await Promise.all(others)).filter(({ levels }) => 'values' in levels && levels.values.length > 0),
  ];
}
