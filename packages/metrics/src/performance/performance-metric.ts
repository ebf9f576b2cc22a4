import type { MetricDescriptor } from '../metric-descriptor.ts';

type Fixed = 'family' | 'column_kinds' | 'needs_reference' | 'min_n' | 'docs' | 'default_threshold';

/** Fewest labelled events for a performance value. */
export const labelFloor = 30;

/** Fewest positives, and fewest negatives, for a value that speaks about one class. */
export const classFloor = 10;

/** A descriptor of a performance metric: one number per model; what is bad depends on the model, so no default threshold. */
export function performanceMetric(
  particulars: Omit<MetricDescriptor, Fixed> & { min_n?: number },
): MetricDescriptor {
  return {
    family: 'performance',
    column_kinds: null,
    needs_reference: false,
    min_n: labelFloor,
    default_threshold: null,
    docs: `docs/metrics/${particulars.metric}.md`,
    ...particulars,
  };
}
