import { type Expectation, type ExpectationChange, expectationKey } from './expectation.ts';

/** The same text for expectations that say the same, whatever the order of their keys. */
export function expectationText(expectation: Expectation): string {
  return JSON.stringify(expectation, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** What was added or changed, in the order of `after`, then what was removed. */
export function expectationChanges(
  before: readonly Expectation[],
  after: readonly Expectation[],
): ExpectationChange[] {
  const known = new Map(before.map((expectation) => [expectationKey(expectation), expectation]));
  const kept = new Set(after.map(expectationKey));
  const changes = after.flatMap((expectation): ExpectationChange[] => {
    const earlier = known.get(expectationKey(expectation));
    if (!earlier) return [{ change: 'added', before: null, after: expectation }];
    if (expectationText(earlier) === expectationText(expectation)) return [];
    return [{ change: 'changed', before: earlier, after: expectation }];
  });
  const removed = before.filter((expectation) => !kept.has(expectationKey(expectation)));
  return [...changes, ...removed.map((gone) => ({ change: 'removed' as const, before: gone, after: null }))];
}
