import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { categoricalColumn, numericColumn, profileColumn } from '../profile-fixture.ts';
import { judgeColumn, type ValueExpectation } from './judge-column.ts';

interface Row {
  kind: ValueExpectation['kind'];
  parameters: { mostly?: number; max?: number | null };
  values: (number | string | null)[];
  success: boolean;
  unexpected_count: number | null;
  observed: number | null;
}

const fixture = new URL('../../fixtures/expectations.fixture.json', import.meta.url);
const { rows }: { rows: Row[] } = JSON.parse(readFileSync(fixture, 'utf8'));
const isOfCategories = ({ kind }: Row) => kind === 'known_values' || kind === 'distinct_values';

function judge(row: Row) {
  const column = isOfCategories(row) ? categoricalColumn : numericColumn;
  const { kind, parameters } = row;
  const expectation = {
    severity: 'warning',
    enabled: true,
    column: 'x',
    kind,
    parameters,
  } as ValueExpectation;
  return judgeColumn(expectation, column, profileColumn(column, row.values));
}

const kinds = ['present', 'range', 'known_values', 'distinct_values', 'mean'] as const;

describe.each(kinds)('%s, as Great Expectations judges it', (kind) => {
  const ofKind = rows.filter((row) => row.kind === kind);

  test('has both outcomes among its cases', () => {
    expect(new Set(ofKind.map(({ success }) => success))).toEqual(new Set([true, false]));
  });

  test('counts the same rows, or finds the same number', () => {
    for (const row of ofKind) {
      const { unexpected, observed } = judge(row);
      if (row.unexpected_count !== null) {
        expect(unexpected?.atLeast).toBeLessThanOrEqual(row.unexpected_count);
        expect(unexpected?.atMost).toBeGreaterThanOrEqual(row.unexpected_count);
        // A bin that begins at an upper bound within the reference also holds values above it.
        const isOpen = (row.parameters.max ?? 1) < 1;
        if (!isOpen) expect(unexpected?.atLeast).toBe(unexpected?.atMost);
      }
      if (row.observed !== null) expect(observed).toBeCloseTo(row.observed, 12);
    }
  });

  test('is met only where that succeeds and broken only where that fails; without a tolerance one or the other', () => {
    for (const row of ofKind) {
      const { status } = judge(row).verdict;
      if (status === 'met') expect(row.success).toBe(true);
      if (status === 'broken') expect(row.success).toBe(false);
      const present = row.values.filter((value) => value !== null).length;
      if (row.parameters.mostly === 1 && present >= 30) expect(status).toBe(row.success ? 'met' : 'broken');
    }
  });
});
