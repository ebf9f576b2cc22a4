import { List, Stack, Text } from '@mantine/core';
import type { PerformanceAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { formatCount, formatShare, formatWithInterval } from '../../format-number.ts';
import { timeseriesQuery } from '../../model-queries.ts';
import { Panel } from '../../ui/panel.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { useModelView } from '../../use-model-view.ts';
import { BackTest } from './estimation-back-test.tsx';
import { HeldOut } from './estimation-held-out.tsx';
import { ExpectedOutcomes } from './estimation-outcomes.tsx';

interface EstimationPanelProps {
  answer: PerformanceAnswer;
  metric: string;
  title: string;
}

const untrained = 'The reference was not used to train the model; on training rows the estimate is too good.';
const inside =
  'Features stay within what the reference has. Beyond 10 % of unseen or out-of-range values, or when a classifier tells the window from the reference (AUC above 0.9, drifted), nothing is estimated.';

const texts = {
  cbpe: {
    note: 'From the scores of all events (confidence-based performance estimation); band: ±3 standard errors',
    assumptions: [
      untrained,
      'A score means what it meant in the reference. When the relation of features and outcome changes (concept drift), the estimate does not see it.',
      inside,
    ],
  },
  dle: {
    note: 'From features and predictions of the events (direct loss estimation); band: ±3 standard errors',
    assumptions: [
      untrained,
      'Events of the same features and prediction are missed by as much as in the reference. When the relation of features and outcome changes (concept drift), the estimate does not see it.',
      inside,
    ],
  },
};

function sourceOf({ method, is_calibrated }: PerformanceAnswer['estimation'], n: number): string {
  if (method === 'dle')
    return `the features and predictions of ${formatCount(n)} events, by the errors that were learnt from`;
  const how = is_calibrated
    ? 'calibrated on'
    : 'taken as they are, since a fit was no nearer to the labels of';
  return `the scores of ${formatCount(n)} events, ${how}`;
}

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
  return (
    <Stack gap={4}>
      <Text>
        {title} is estimated at{' '}
        <strong>{formatWithInterval(entry.estimated, entry.estimated_lower, entry.estimated_upper)}</strong>{' '}
        from {sourceOf(answer.estimation, entry.estimated_n)} {formatCount(answer.estimation.n_reference)}{' '}
        labelled events of the reference.
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
  const { slug, query, model } = useModelView();
  const { expected_confusion: expected, n_reference: nReference } = props.answer.estimation;
  const { note, assumptions } = texts[props.answer.estimation.method];
  const heldOut = props.answer.estimation.held_out.find(({ metric }) => metric === props.metric);
  const { data: series } = useQuery(timeseriesQuery(slug, query, props.metric));
  return (
    <Panel title="Estimated without labels" note={note}>
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
        {expected && model.positive_label !== null && (
          <ExpectedOutcomes expected={expected} nReference={nReference} positive={model.positive_label} />
        )}
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
        {heldOut && <HeldOut {...heldOut} />}
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
