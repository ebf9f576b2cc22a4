import { expect, it } from 'vitest';
import { mergeProfiles } from '../merge-profiles.ts';
import { categoricalColumn, profileColumn, profileOf } from '../profile-fixture.ts';
import { findMetric } from '../registry.ts';
import { scoreMetric } from '../score-metric.ts';
import { leaveOneOut } from './leave-one-out.ts';

const shares = [0.5, 0.6, 0.4, 0.55];
const chunks = shares.map((share, i) => {
  const rows = Array.from({ length: 100 + i }, (_, row) => (row < 100 * share ? 'ORD' : 'LAX'));
  return profileOf(rows.length, { [categoricalColumn.column]: profileColumn(categoricalColumn, rows) });
});

const questionOf = (metric: string) => {
  const descriptor = findMetric(metric);
  if (!descriptor) throw new Error('no such metric');
  return {
    descriptor,
    columnKey: categoricalColumn.column,
    binSet: { columns: [categoricalColumn] },
    context: { task: 'regression', positiveLabel: null } as const,
  };
};

it('compares each part of the reference with all the others and not with itself', () => {
  const question = questionOf('tvd');
  const expected = chunks.map((current, i) => {
    const reference = mergeProfiles(chunks.filter((_, other) => other !== i));
    return scoreMetric({ ...question, current, reference }).value;
  });
  expect(leaveOneOut(question, { chunks, minN: 0 })).toEqual(expected);
});

it('leaves out parts of too few rows, and knows nothing of a single part', () => {
  expect(leaveOneOut(questionOf('tvd'), { chunks, minN: 102 })).toHaveLength(2);
  expect(leaveOneOut(questionOf('tvd'), { chunks: chunks.slice(0, 1), minN: 0 })).toEqual([]);
  expect(leaveOneOut(questionOf('missing_rate'), { chunks: chunks.slice(0, 1), minN: 0 })).toEqual([0]);
});
