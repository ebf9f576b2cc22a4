import { lInfinity } from '@plumbline/stats';
import { histogramDistance } from './histogram-distance.ts';

export const lInfinityMetric = histogramDistance(
  {
    metric: 'l_infinity',
    title: 'L-infinity distance',
    unit: '',
    range: [0, 1],
    default_threshold: 0.1,
    description: 'Largest change of the share of any single bin.',
  },
  (reference, current) => lInfinity(reference, current),
);
