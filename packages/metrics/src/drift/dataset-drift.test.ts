import type { AttributionProfile } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { driftReport } from '../drift-report.ts';
import { mergeProfiles } from '../merge-profiles.ts';
import {
  categoricalColumn,
  numericColumn,
  profileColumn,
  profileOf,
  spreadValues,
} from '../profile-fixture.ts';
import { findMetric } from '../registry.ts';

const binSet = { columns: [numericColumn, categoricalColumn] };
const origins = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 'ORD' : 'LAX'));
const attributionsOf = (x: number, origin: number, n = 100): AttributionProfile => ({
  n,
  sums: { x: x * n, origin: origin * n },
});

/** A thousand events whose `x` is moved and whose `origin` is as in the reference. */
function profile(shift: number, attributions?: AttributionProfile) {
  const columns = {
    'features.x': profileColumn(numericColumn, spreadValues(1000, shift)),
    'features.origin': profileColumn(categoricalColumn, origins),
  };
  return { ...profileOf(1000, columns), ...(attributions ? { attributions } : {}) };
}

const reportOf = (before?: AttributionProfile, now?: AttributionProfile) =>
  driftReport({ binSet, reference: profile(0, before), current: profile(0.5, now) });

describe('drift of the dataset', () => {
  it('weighs drifted features by their importance in the reference', () => {
    const { dataset, columns } = reportOf(attributionsOf(3, 1), attributionsOf(1, 9));
    expect(dataset).toEqual({
      drifted_share: 0.5,
      drifted_columns: 1,
      columns: 2,
      drifted: true,
      weighted_share: 0.75,
      significant_columns: 1,
      importance_of: 'reference',
      status: 'ok',
    });
    expect(columns.map(({ importance }) => importance)).toEqual([0.75, 0.25]);
  });

  it('takes the importance of the window when the reference has none', () => {
    const { dataset } = reportOf(undefined, attributionsOf(1, 9));
    expect(dataset).toMatchObject({ weighted_share: 0.1, importance_of: 'current' });
  });

  it.each([
    ['no attributions', undefined],
    ['attributions of 29 events', attributionsOf(1, 1, 29)],
    ['attributions of 0', attributionsOf(0, 0)],
  ])('has no weighted share with %s', (_, attributions) => {
    const { dataset } = reportOf(attributions);
    expect(dataset).toMatchObject({ weighted_share: null, importance_of: null, drifted_share: 0.5 });
    const weighted = findMetric('weighted_drifted_share')?.scoreModel?.({
      context: { task: 'regression', positiveLabel: null },
      binSet,
      reference: profile(0, attributions),
      current: profile(0.5),
    });
    expect(weighted).toMatchObject({ value: null, status: 'not_applicable' });
  });

  it.each(['drifted_share', 'weighted_drifted_share', 'significant_columns'])(
    'gives monitors the %s of the report',
    (metric) => {
      const [reference, current] = [profile(0, attributionsOf(3, 1)), profile(0.5)];
      const score = findMetric(metric)?.scoreModel?.({
        context: { task: 'regression', positiveLabel: null },
        binSet,
        reference,
        current,
      });
      const { dataset } = driftReport({ binSet, reference, current });
      const { drifted_share, weighted_share: weighted_drifted_share, significant_columns } = dataset;
      const expected = { drifted_share, weighted_drifted_share, significant_columns };
      expect(score?.value).toBe(expected[metric as keyof typeof expected]);
    },
  );
});

describe('drift of attributions', () => {
  it('compares the order of importance, weighing what mattered', () => {
    const { attribution } = reportOf(attributionsOf(3, 1), attributionsOf(1, 3));
    const swapped = (0.25 + 0.75 / Math.log2(3)) / (0.75 + 0.25 / Math.log2(3));
    expect(attribution?.ndcg).toBeCloseTo(swapped, 12);
    expect(attribution).toMatchObject({ drifted: true, threshold: 0.9, n_reference: 100, n_current: 100 });
    expect(attribution?.features[0]).toEqual({
      column: 'features.x',
      share_reference: 0.75,
      share_current: 0.25,
      rank_reference: 1,
      rank_current: 2,
    });
  });

  it('is the published example of three features', () => {
    const score = findMetric('attribution_ndcg')?.scoreModel?.({
      context: { task: 'regression', positiveLabel: null },
      binSet,
      reference: { ...profile(0), attributions: { n: 50, sums: { sat: 0.7, gpa: 0.5, rank: 0.05 } } },
      current: { ...profile(0), attributions: { n: 50, sums: { sat: 0.1, gpa: 0.2, rank: 0.7 } } },
    });
    expect(score?.value).toBeCloseTo(0.69, 2);
  });

  it('says what is missing', () => {
    expect(reportOf().attribution).toBeNull();
    expect(reportOf(attributionsOf(1, 1)).attribution).toMatchObject({ ndcg: null, status: 'empty' });
    const few = reportOf(attributionsOf(1, 1), attributionsOf(1, 1, 5)).attribution;
    expect(few).toMatchObject({ ndcg: null, status: 'insufficient_data', drifted: false, n_current: 5 });
  });

  it('adds up over profiles', () => {
    const merged = mergeProfiles([
      profile(0, attributionsOf(1, 2, 10)),
      profile(0),
      profile(0, { n: 5, sums: { x: 4 } }),
    ]);
    expect(merged.attributions).toEqual({ n: 15, sums: { x: 14, origin: 20 } });
    expect(mergeProfiles([profile(0), profile(0)]).attributions).toBeUndefined();
  });
});
