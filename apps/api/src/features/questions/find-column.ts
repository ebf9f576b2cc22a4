import { type ColumnKind, columnKey } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { badQuery } from '../../page.ts';

/** A column a question names. */
export interface AskedColumn {
  key: string;
  kind: ColumnKind;
}

const fixedKinds = new Map<string, ColumnKind>([
  ['prediction_score', 'numeric'],
  ['prediction_label', 'categorical'],
  ['actual_score', 'numeric'],
  ['actual_label', 'categorical'],
]);

/** The column of the model's schema that goes by a name, whether or not events carry it. @throws Problem 422 */
export function findColumn(model: Pick<ModelRecord, 'features'>, name: string): AskedColumn {
  const key = columnKey(name);
  const fixed = fixedKinds.get(key);
  if (fixed) return { key, kind: fixed };
  const kind = model.features.find((feature) => `features.${feature.name}` === key)?.kind;
  if (kind === undefined) throw badQuery('column', 'the model has no such column');
  if (kind === 'text' || kind === 'embedding')
    throw badQuery('column', `a column of kind ${kind} has no bins`);
  return { key, kind };
}
