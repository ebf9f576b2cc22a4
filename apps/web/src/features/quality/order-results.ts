import type { ExpectationResult } from '@plumbline/contracts';

export const resultViews = ['broken', 'unknown', 'met', 'off', 'all'] as const;
export type ResultView = (typeof resultViews)[number];

const ranks = { broken: 0, unknown: 1, met: 2, off: 3 } as const;

/** Those of a view: broken first, critical before warnings, then in the order they came. */
export function orderResults(results: readonly ExpectationResult[], view: ResultView): ExpectationResult[] {
  return results
    .filter(({ status }) => view === 'all' || status === view)
    .sort(
      (a, b) =>
        ranks[a.status] - ranks[b.status] ||
        Number(b.severity === 'critical') - Number(a.severity === 'critical'),
    );
}
