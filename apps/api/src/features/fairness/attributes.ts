import type { BinSet } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { badQuery } from '../../page.ts';

/** What groups are made by; `isNumeric`: cut into ranges where it has many values. */
export interface Attribute {
  field: string;
  isNumeric: boolean;
}

/** The attributes a question names, each once. @throws Problem 422 for what is no feature or tag that groups can be made by */
export function attributesOf(model: Pick<ModelRecord, 'features'>, names: string[]): Attribute[] {
  return [...new Set(names)].map((field) => {
    if (field.startsWith('tags.') && field.length > 'tags.'.length) return { field, isNumeric: false };
    const kind = model.features.find(({ name }) => `features.${name}` === field)?.kind;
    if (kind === undefined)
      throw badQuery('attribute', 'expected features.<name> or tags.<name> of this model');
    if (kind === 'embedding' || kind === 'text')
      throw badQuery('attribute', `a feature of kind ${kind} makes no groups`);
    return { field, isNumeric: kind === 'numeric' };
  });
}

const ranges = 5;

/** Inner edges that cut a numeric column into at most five ranges with about as many reference rows each; undefined for one of few values. */
export function rangeEdges({ columns }: BinSet, field: string): number[] | undefined {
  const bins = columns.find(({ column }) => column === field)?.bins;
  if (bins?.layout !== 'numeric') return undefined;
  const { edges } = bins;
  const last = edges.length - 1;
  const picked = Array.from({ length: ranges - 1 }, (_, i) => Math.round(((i + 1) * last) / ranges));
  return [...new Set(picked)].filter((i) => i > 0 && i < last).flatMap((i) => edges[i] ?? []);
}
