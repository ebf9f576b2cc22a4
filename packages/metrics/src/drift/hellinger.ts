import { hellinger } from '@plumbline/stats';
import { histogramDistance } from './histogram-distance.ts';

export const hellingerMetric = histogramDistance(
  {
    metric: 'hellinger',
    title: 'Hellinger distance',
    unit: '',
    range: [0, 1],
    default_threshold: 0.1,
    description: 'Distance of the square roots of the bin shares: 0 for equal, 1 for no overlap.',
  },
  (reference, current) => hellinger(reference, current),
);
