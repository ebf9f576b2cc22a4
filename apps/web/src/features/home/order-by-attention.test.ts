import { expect, it } from 'vitest';
import { orderByAttention } from './order-by-attention.ts';

it('incidents come before drift, drift before the name', () => {
  const models = [
    { name: 'calm b', openIncidents: 0, driftedShare: null },
    { name: 'calm a', openIncidents: 0, driftedShare: 0 },
    { name: 'drifting', openIncidents: 0, driftedShare: 0.5 },
    { name: 'burning', openIncidents: 2, driftedShare: null },
  ];
  expect(orderByAttention(models).map((m) => m.name)).toEqual(['burning', 'drifting', 'calm a', 'calm b']);
});
