import { type Expectation, type ExpectationChange, expectationKey } from '@plumbline/contracts';

/** The expectations with some changes made: changed ones stay in their place, new ones come last. */
export function applyChanges(
  expectations: readonly Expectation[],
  changes: readonly ExpectationChange[],
): Expectation[] {
  const made = new Map(
    changes.flatMap(({ before, after }) => {
      const subject = after ?? before;
      return subject ? [[expectationKey(subject), after] as const] : [];
    }),
  );
  const kept = expectations.flatMap((expectation) => {
    const after = made.get(expectationKey(expectation));
    if (after === undefined) return [expectation];
    made.delete(expectationKey(expectation));
    return after === null ? [] : [after];
  });
  return [...kept, ...[...made.values()].filter((after) => after !== null)];
}
