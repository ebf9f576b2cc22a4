import type { Model } from '@plumbline/contracts';
import { fieldText } from '../../filters/filter-text.ts';

interface AttributeChoice {
  value: string;
  label: string;
}

const isGroupable = (kind: string) => kind === 'categorical' || kind === 'boolean' || kind === 'numeric';

/** What groups of a model can be made by: what is marked sensitive first, then categories, then numbers. */
export function fairnessAttributes({ features, tags }: Pick<Model, 'features' | 'tags'>): AttributeChoice[] {
  const fields = [
    ...features
      .filter(({ kind }) => isGroupable(kind))
      .map(({ name, kind, sensitive }) => ({
        field: `features.${name}`,
        sensitive,
        isNumber: kind === 'numeric',
      })),
    ...tags.map(({ name, sensitive }) => ({ field: `tags.${name}`, sensitive, isNumber: false })),
  ];
  const rank = (of: (typeof fields)[number]) => (of.sensitive ? 0 : of.isNumber ? 2 : 1);
  return fields
    .sort((a, b) => rank(a) - rank(b))
    .map(({ field, sensitive }) => ({
      value: field,
      label: `${fieldText(field)}${sensitive ? ' (sensitive)' : ''}`,
    }));
}
