import {
  type Expectation,
  type ExpectationSuite,
  expectationChanges,
  expectationText,
  type ListedExpectation,
} from '@plumbline/contracts';
import type { SuiteRecord } from '@plumbline/db';

const head = ({ version, createdAt, createdBy, summary }: SuiteRecord) => ({
  version,
  created_at: createdAt.toISOString(),
  created_by: createdBy,
  summary,
});

export const showSuite = (suite: SuiteRecord): ExpectationSuite => ({
  ...head(suite),
  expectations: suite.expectations,
});

export const plain = (suite: Pick<SuiteRecord, 'expectations'> | null | undefined): Expectation[] =>
  suite?.expectations.map(({ expectation }) => expectation) ?? [];

export const showVersion = (suite: SuiteRecord, before: SuiteRecord | undefined) => ({
  ...head(suite),
  expectations: suite.expectations.length,
  changes: expectationChanges(plain(before), plain(suite)),
});

/** Generated is what the reference suggests now, or suggested when it was taken over as it stands. */
export function withSources(
  expectations: readonly Expectation[],
  proposal: readonly Expectation[],
  before: readonly ListedExpectation[],
): ListedExpectation[] {
  const kept = before.filter(({ source }) => source === 'generated');
  const known = new Set([...proposal, ...kept.map(({ expectation }) => expectation)].map(expectationText));
  return expectations.map((expectation) => ({
    expectation,
    source: known.has(expectationText(expectation)) ? 'generated' : 'edited',
  }));
}
