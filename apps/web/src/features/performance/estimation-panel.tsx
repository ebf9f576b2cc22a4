import { List, Stack, Text } from '@mantine/core';
import type { PerformanceAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { formatCount, formatShare, formatWithInterval } from '../../format-number.ts';
import { timeseriesQuery } from '../../model-queries.ts';
import { Panel } from '../../ui/panel.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { useModelView } from '../../use-model-view.ts';
import { BackTest } from './estimation-back-test.tsx';

interface EstimationPanelProps {
  answer: PerformanceAnswer;
  metric: string;
  title: string;
}

const assumptions = [
  'The reference was not used to train the model; on training rows the estimate is too good.',
  'A score means what it meant in the reference. When the relation of features and outcome changes (concept drift), the estimate does not see it.',
  'Features stay within what the reference has. Beyond 10 % of unseen or out-of-range values nothing is estimated.',
];

function Statement({ answer, metric, title }: EstimationPanelProps) {
  const entry = answer.metrics.find((candidate) => candidate.metric === metric);
  if (!entry || entry.estimated === null) {
    const isOther = answer.estimation.reason === null && entry?.estimated_status === 'not_applicable';
    return (
      <Text size="sm">
        {isOther
          ? `${title} is not among the metrics that are estimated.`
          : (answer.estimation.reason ?? `No estimate: ${entry?.estimated_status.replaceAll('_', ' ')}.`)}
      </Text>
    );
  }
  const how = answer.estimation.is_calibrated
    ? 'calibrated on'
    : 'taken as they are, since a fit was no nearer to the labels of';
  return (
    <Stack gap={4}>
      <Text>
        {title} is estimated at{' '}
        <strong>{formatWithInterval(entry.estimated, entry.estimated_lower, entry.estimated_upper)}</strong>{' '}
        from the scores of {formatCount(entry.estimated_n)} events, {how}{' '}
        {formatCount(answer.estimation.n_reference)} labelled events of the reference.
      </Text>
      {entry.estimated_status === 'low_confidence' && (
        <div>
          <StatusWord look="warning">Low confidence</StatusWord>
          <Text size="sm">{answer.estimation.reason}</Text>
        </div>
      )}
    </Stack>
  );
}

/** What the metric should be by the scores alone, what that takes for granted, and how such estimates fared. */
export function EstimationPanel(props: EstimationPanelProps) {
  const { slug, query } = useModelView();
  const { data: series } = useQuery(timeseriesQuery(slug, query, props.metric));
  return (
    <Panel
      title="Estimated without labels"
      note="From the scores of all events (confidence-based performance estimation); band: ±3 standard errors"
    >
      <Stack gap="sm">
        {series?.estimation?.distrusted && (
          <div>
            <StatusWord look="bad">Distrusted</StatusWord>
            <Text size="sm">
              The last three windows whose actuals arrived all missed by more than 3 standard errors.
            </Text>
          </div>
        )}
        <Statement {...props} />
        <div>
          <Text size="sm" fw={600}>
            It holds as long as
          </Text>
          <List size="sm">
            {assumptions.map((assumption) => (
              <List.Item key={assumption}>{assumption}</List.Item>
            ))}
          </List>
        </div>
        {series?.estimation && (
          <BackTest
            points={series.points}
            granularity={series.granularity}
            least={formatShare(series.estimation.back_test_coverage)}
          />
        )}
      </Stack>
    </Panel>
  );
}
