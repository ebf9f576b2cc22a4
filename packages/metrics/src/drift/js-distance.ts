import { jsDistance } from '@plumbline/stats';
import { histogramDistance } from './histogram-distance.ts';

export const jsDistanceMetric = histogramDistance(
  {
    metric: 'js_distance',
    title: 'Jensen–Shannon distance',
    unit: '',
    range: [0, 1],
    default_threshold: 0.1,
    description:
      'Distance of each histogram from their average, base 2: 0 for equal, 1 for no overlap. Decides drift of categorical columns.',
  },
  (reference, current) => jsDistance(reference, current),
);
