import type { MetricDescriptor } from './metric-descriptor.ts';

/** What of a profile a score function reads; the rest need not be loaded. */
export interface MetricNeeds {
  columns: 'all' | 'own' | 'none';
  performance: boolean;
  attributions: boolean;
}

/** What a metric reads of the profiles of both sides. `Profile.intake` and other fields outside sections are not spoken of. */
export function metricNeeds(descriptor: MetricDescriptor): MetricNeeds {
  const { family, column_kinds: ofColumn, readsColumns = false, readsLabels = false } = descriptor;
  const isOfModel = ofColumn === null;
  return {
    columns: readsColumns ? 'all' : isOfModel ? 'none' : 'own',
    performance: family === 'performance' || readsLabels,
    attributions: family === 'drift' && isOfModel,
  };
}
