import { psi } from '@plumbline/stats';
import { histogramDistance } from './histogram-distance.ts';

export const psiMetric = histogramDistance(
  {
    metric: 'psi',
    title: 'Population stability index',
    unit: '',
    range: [0, null],
    default_threshold: 0.2,
    description:
      'Symmetric divergence of the two histograms, each smoothed by half a row per bin. Common reading: below 0.1 stable, above 0.2 shifted.',
  },
  (reference, current) => psi(reference, current),
);
