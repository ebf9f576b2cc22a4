import type { Profile, TimeseriesAnswer } from '@plumbline/contracts';
import { type MetricDescriptor, provisionalWindows } from '@plumbline/metrics';

type Maturity = Pick<TimeseriesAnswer['points'][number], 'label_coverage' | 'provisional'>;

/** How far the windows of a series are labelled; nothing of metrics that need no labels. */
export function labelMaturity(
  { family, readsLabels }: MetricDescriptor,
  profiles: readonly Profile[],
): Maturity[] {
  if (family !== 'performance' && !readsLabels) return [];
  const windows = profiles.map(({ events, performance }) => ({ events, labelled: performance.labelled }));
  const marks = provisionalWindows(windows);
  return windows.map(({ events, labelled }, i) => ({
    label_coverage: events > 0 ? labelled / events : null,
    provisional: marks[i] ?? false,
  }));
}
