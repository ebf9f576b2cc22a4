import { expect, it } from 'vitest';
import { thresholdText } from './threshold-text.ts';

it.each([
  [{ kind: 'constant', warning: 0.1, critical: 0.2, direction: 'above' }, 'above 0.2 critical, 0.1 warning'],
  [{ kind: 'constant', warning: 5, lower: 1, direction: 'outside' }, 'below 1 or above 5 warning'],
  [
    { kind: 'relative', warning: 0.1, direction: 'below', baseline: 'reference' },
    '10 % warning below the reference',
  ],
  [
    { kind: 'sigma', critical: 3, direction: 'outside', windows: 30 },
    '3 σ critical away from the mean of 30 windows',
  ],
  [
    { kind: 'seasonal', warning: 4, direction: 'above', weeks: 8 },
    '4 σ warning above the same time of 8 weeks',
  ],
  [
    { kind: 'cusum', warning: 5, critical: 10, direction: 'above' },
    'CUSUM: 10 σ critical, 5 σ warning above',
  ],
  [{ kind: 'page_hinkley', warning: 50, direction: 'below' }, 'Page–Hinkley: 50 σ warning below'],
  [{ kind: 'auto' }, 'learnt from the reference'],
  [{ kind: 'auto', warning: 0.05 }, 'learnt from the reference, from 0.05 warning'],
] as const)('%j reads "%s"', (threshold, text) => {
  expect(thresholdText(threshold)).toBe(text);
});
