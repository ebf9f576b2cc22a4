import type { AttributeGroup, FairnessAnswer, GroupOutcomes } from '@plumbline/contracts';
import { mergeOutcomes } from './merge-outcomes.ts';

/** A group as it is shown; `values` is null of the pooled ones. */
export interface ShownGroup {
  kind: FairnessAnswer['groups'][number]['kind'];
  values: AttributeGroup['values'] | null;
  outcomes: GroupOutcomes;
}

const pooledBelow = 30;
const hiddenBelow = 10;

const kinds: ShownGroup['kind'][] = ['group', 'missing', 'small'];

/**
 * Groups of 30 events or more, largest first, then those with a missing value, then the smaller ones as one. A pool of
 * fewer than 10 events is hidden, so that no number speaks about a handful of people.
 */
export function poolSmallGroups(groups: AttributeGroup[]): {
  shown: ShownGroup[];
  smallGroups: FairnessAnswer['small_groups'];
} {
  const shown = groups
    .filter(({ outcomes }) => outcomes.events >= pooledBelow)
    .map(
      ({ values, outcomes }): ShownGroup => ({
        kind: values.includes(null) ? 'missing' : 'group',
        values,
        outcomes,
      }),
    );
  const small = groups.filter(({ outcomes }) => outcomes.events < pooledBelow);
  const [first, ...rest] = small.map(({ outcomes }) => outcomes);
  const pool = first && rest.reduce(mergeOutcomes, first);
  const isHidden = pool !== undefined && pool.events < hiddenBelow;
  if (pool && !isHidden) shown.push({ kind: 'small', values: null, outcomes: pool });
  const text = ({ values }: ShownGroup) => JSON.stringify(values);
  shown.sort(
    (a, b) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      b.outcomes.events - a.outcomes.events ||
      (text(a) < text(b) ? -1 : 1),
  );
  return {
    shown,
    smallGroups: {
      pooled_below: pooledBelow,
      hidden_below: hiddenBelow,
      groups: small.length,
      hidden: isHidden,
    },
  };
}
