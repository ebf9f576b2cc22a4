import { Text } from '@mantine/core';
import type { DriftAnswer, PerformanceAnswer } from '@plumbline/contracts';
import { formatCount, formatNumber, formatShare } from '../../format-number.ts';
import { formatRange } from '../../format-time.ts';
import { AnchorLink } from '../../ui/links.tsx';
import { keepView } from '../../view-search.ts';

interface VerdictProps {
  slug: string;
  drift: DriftAnswer | undefined;
  performance: PerformanceAnswer;
  metric: PerformanceAnswer['metrics'][number] | undefined;
  metricName: string;
  openIncidents: number;
}

/** The state of a model in one sentence; every number leads to its evidence. */
export function Verdict({ slug, drift, performance, metric, metricName, openIncidents }: VerdictProps) {
  const params = { model: slug };
  const { window } = performance;
  return (
    <Text size="lg" role="status">
      {formatRange(window.from, window.to)}:{' '}
      {drift?.reference ? (
        <AnchorLink to="/models/$model/drift" params={params} search={keepView} underline="always">
          {drift.dataset.drifted_columns} of {drift.dataset.columns} features drift
        </AnchorLink>
      ) : (
        'there is no reference to compare with'
      )}
      ;{' '}
      {metric && metric.value !== null ? (
        <AnchorLink to="/models/$model/performance" params={params} search={keepView} underline="always">
          {metricName} is {formatNumber(metric.value)}
          {metric.lower !== null && metric.upper !== null
            ? ` (${formatNumber(metric.lower)} to ${formatNumber(metric.upper)})`
            : ''}{' '}
          on {formatCount(metric.n)} labelled events
        </AnchorLink>
      ) : (
        'performance is not known yet'
      )}
      , with actuals for {formatShare(performance.label_coverage)} of events;{' '}
      <AnchorLink to="/incidents" underline="always">
        {openIncidents === 0
          ? 'no incident is open'
          : `${openIncidents} ${openIncidents === 1 ? 'incident is' : 'incidents are'} open`}
      </AnchorLink>
      .
    </Text>
  );
}
