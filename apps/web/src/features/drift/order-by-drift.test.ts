import { expect, it } from 'vitest';
import { type DriftColumn, orderByDrift } from './order-by-drift.ts';

const column = (
  name: string,
  value: number | null,
  threshold: number | null,
  drifted = false,
): DriftColumn => ({
  column: name,
  kind: 'numeric',
  role: 'feature',
  n_reference: 10,
  n_current: 10,
  primary: 'psi',
  drifted,
  metrics: [
    {
      metric: 'psi',
      value,
      p_value: null,
      threshold,
      drifted,
      status: 'ok',
      exactness: 'binned',
      error_bound: null,
    },
  ],
  missing_rate: 0,
  missing_rate_reference: 0,
});

it('orders by value relative to threshold; what has no value comes last', () => {
  const columns = [
    column('unknown', null, 0.2),
    column('calm', 0.1, 0.2),
    column('near', 0.09, 0.1),
    column('gone', 0.3, 0.2, true),
  ];
  expect(orderByDrift(columns).map((c) => c.column)).toEqual(['gone', 'near', 'calm', 'unknown']);
});
