import { tvd } from '@plumbline/stats';
import { histogramDistance } from './histogram-distance.ts';

export const tvdMetric = histogramDistance(
  {
    metric: 'tvd',
    title: 'Total variation distance',
    unit: '',
    range: [0, 1],
    default_threshold: 0.1,
    description: 'Share of rows that would have to change bin to turn one histogram into the other.',
  },
  (reference, current) => tvd(reference, current),
);
