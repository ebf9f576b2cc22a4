import type { Filter, FilterLeaf } from '@plumbline/contracts';
import fc from 'fast-check';

/** Filters over the given comparisons, up to three levels deep. */
export function filterTree(leaf: fc.Arbitrary<FilterLeaf>): fc.Arbitrary<Filter> {
  return fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
      tie('tree').map((not) => ({ not })),
    ),
  })).tree;
}
