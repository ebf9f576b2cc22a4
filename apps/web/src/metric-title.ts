import type { MetricInfo } from '@plumbline/contracts';

/** A metric's title from the catalogue, else its name in words. */
export const metricTitle = (metric: string, catalogue: MetricInfo[] | undefined): string =>
  catalogue?.find((info) => info.metric === metric)?.title ?? metric.replaceAll('_', ' ');
